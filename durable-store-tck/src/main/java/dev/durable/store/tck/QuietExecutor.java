package dev.durable.store.tck;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The threads of one simulated process, which can tell when none of them has work:
 * nothing more happens then until time moves. Thread-safe.
 */
public final class QuietExecutor implements Executor {

	private static final long SECONDS = 20;

	private static final ExecutorService THREADS = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "simulated-process");
		thread.setDaemon(true);
		return thread;
	});

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Set<Thread> threads = new HashSet<>();

	private int running;

	private boolean dead;

	@Override
	public void execute(Runnable task) {
		this.lock.lock();
		try {
			if (this.dead) {
				return;
			}
			this.running++;
		}
		finally {
			this.lock.unlock();
		}
		THREADS.execute(() -> run(task));
	}

	private void run(Runnable task) {
		locked(() -> this.threads.add(Thread.currentThread()));
		try {
			task.run();
		}
		catch (ProcessCrashed ex) {
			// a thread of a dead process just ends
		}
		finally {
			locked(() -> {
				this.threads.remove(Thread.currentThread());
				this.running--;
				this.changed.signalAll();
			});
		}
	}

	/**
	 * Wait until no thread has work, or the process is dead.
	 * @throws AssertionError if threads are still busy after 20 seconds
	 */
	public void awaitQuiet() {
		long remaining = TimeUnit.SECONDS.toNanos(SECONDS);
		this.lock.lock();
		try {
			while (this.running > 0 && !this.dead) {
				if (remaining <= 0) {
					throw new AssertionError(
							"Threads are still busy after %d s; one that waits for time must suspend: %s"
								.formatted(SECONDS, stacks()));
				}
				remaining = this.changed.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a simulated process", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Begin no task any more. */
	public void kill() {
		locked(() -> {
			this.dead = true;
			this.changed.signalAll();
		});
	}

	private String stacks() {
		return this.threads.stream()
			.map((thread) -> Arrays.stream(thread.getStackTrace())
				.map("%n\tat %s"::formatted)
				.collect(Collectors.joining()))
			.collect(Collectors.joining("%n".formatted()));
	}

	private void locked(Runnable change) {
		this.lock.lock();
		try {
			change.run();
		}
		finally {
			this.lock.unlock();
		}
	}

}
