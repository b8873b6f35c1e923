package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import dev.durable.embedded.Timers;
import dev.durable.store.StoreClock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that only moves when told to, and the timers that hang on it. Thread-safe.
 */
public final class VirtualTime implements StoreClock, Timers {

	/** One thread moves time; tasks may schedule and cancel others meanwhile. */
	private final ReentrantLock moving = new ReentrantLock();

	private final TreeSet<Task> tasks = new TreeSet<>(Comparator.comparing(Task::at).thenComparing(Task::number));

	private Instant now;

	private long scheduled;

	/** Start on the first of January 2026, midnight UTC. */
	public VirtualTime() {
		this(Instant.parse("2026-01-01T00:00:00Z"));
	}

	/**
	 * Start at a time.
	 * @param start the time
	 */
	public VirtualTime(Instant start) {
		this.now = start;
	}

	@Override
	public Instant instant() {
		synchronized (this.tasks) {
			return this.now.truncatedTo(ChronoUnit.MILLIS);
		}
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		synchronized (this.tasks) {
			Task added = new Task(this.now.plus(delay), this.scheduled++, task);
			this.tasks.add(added);
			return () -> cancel(added);
		}
	}

	/**
	 * Move time forward; tasks that become due run on this thread, in the order of their
	 * times, each at its own time.
	 * @param duration how far, zero to only run what is due now
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("'duration' must not be negative but was " + duration);
		}
		this.moving.lock();
		try {
			moveTo(exactly().plus(duration));
		}
		finally {
			this.moving.unlock();
		}
	}

	/**
	 * Move time to the next task and run what is due then.
	 * @return {@code false} if nothing is scheduled, and time stands still
	 */
	public boolean advanceToNext() {
		this.moving.lock();
		try {
			Instant next = nextTask();
			if (next != null) {
				moveTo(next);
			}
			return next != null;
		}
		finally {
			this.moving.unlock();
		}
	}

	/**
	 * Move time to the next task and run what is due then, but stay before a time.
	 * @param latest where time stops if no task comes before; nothing happens if it has
	 * passed
	 */
	public void advanceToNext(Instant latest) {
		this.moving.lock();
		try {
			Instant next = nextTask();
			moveTo((next == null || next.isAfter(latest)) ? latest : next);
		}
		finally {
			this.moving.unlock();
		}
	}

	private void moveTo(Instant target) {
		for (Task task = next(target); task != null; task = next(target)) {
			task.action().run();
		}
	}

	private @Nullable Instant nextTask() {
		synchronized (this.tasks) {
			return this.tasks.isEmpty() ? null : this.tasks.first().at();
		}
	}

	/** Take the next task that is due by a time, or arrive at that time. */
	private @Nullable Task next(Instant target) {
		synchronized (this.tasks) {
			Task task = (this.tasks.isEmpty() || this.tasks.first().at().isAfter(target)) ? null
					: this.tasks.pollFirst();
			Instant arrival = (task != null) ? task.at() : target;
			this.now = arrival.isAfter(this.now) ? arrival : this.now;
			return task;
		}
	}

	private void cancel(Task task) {
		synchronized (this.tasks) {
			this.tasks.remove(task);
		}
	}

	private Instant exactly() {
		synchronized (this.tasks) {
			return this.now;
		}
	}

	private record Task(Instant at, long number, Runnable action) {

	}

}
