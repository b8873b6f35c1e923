package dev.durable.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.durable.operation.ExecutionThreads.Task;
import dev.durable.operation.InvocationEndedError;
import org.jspecify.annotations.Nullable;

/**
 * Decides which strands of one invocation run, and ends it when all of them are blocked.
 * Starts no thread itself.
 * <p>
 * A strand that is let go is counted as running by the thread that lets it go: otherwise
 * the invocation could look blocked between the two. So is a strand that waits for a
 * thread: the bound holds for threads that run. A blocked one gives its permit back, and
 * gets the next free one before tasks that have not begun. When too many threads are
 * blocked, a strand without forks of its own leaves its thread and starts again later,
 * from what it has recorded.
 */
final class Strands {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition threadLeft = this.lock.newCondition();

	private final BlockedStrands blocked = new BlockedStrands();

	private final Deque<Strand> queue = new ArrayDeque<>();

	private final int maxParked;

	/** Tasks that nobody will run any more, until their owner is told. */
	private final List<Task> dropped = new ArrayList<>();

	private int running = 1;

	private int permits;

	private int forkedThreads;

	private int parked;

	private volatile @Nullable Ending ending;

	Strands(int maxRunning, int maxParked) {
		this.permits = maxRunning;
		this.maxParked = maxParked;
	}

	private void locked(Runnable action) {
		locked(() -> {
			action.run();
			return null;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Ending ending() {
		return this.ending;
	}

	/** Queue a new strand; one that must leave forks nothing that nobody would cancel. */
	void add(Strand strand, Strand parent) {
		locked(() -> {
			if (parent.isLeaving()) {
				throw left();
			}
			strand.adopt(parent);
			this.running++;
			strand.setQueued(true);
			this.queue.addLast(strand);
		});
	}

	Strand.Blocked blocked(List<?> keys, BooleanSupplier done) {
		return new Strand.Blocked(keys, done, this.lock.newCondition());
	}

	/** Return whether the strand must wait, and others run on. */
	boolean block(Strand strand, Strand.Blocked on) {
		return locked(() -> {
			if (strand.isLeaving() || this.ending != null) {
				throw left();
			}
			if (on.done().getAsBoolean()) {
				return false;
			}
			strand.block(on);
			this.blocked.add(strand, on);
			this.running--;
			if (suspendIfBlocked()) {
				throw left();
			}
			park(strand);
			return true;
		});
	}

	private void park(Strand strand) {
		if (!strand.isRoot() && strand.isLeaf() && this.parked >= this.maxParked) {
			// It keeps its permit until it has left, or threads that leave would add up.
			strand.unwind();
		}
		else if (!strand.isRoot()) {
			this.parked++;
			returnPermit(strand);
		}
	}

	/** Wait on the strand's thread until it is let go. */
	void await(Strand strand, Strand.Blocked on) {
		locked(() -> {
			while (strand.blocked() == on && !strand.isUnwound() && this.ending == null) {
				on.wakeUp().awaitUninterruptibly();
			}
			// Even if it could go on now: what its code does would not count.
			if (strand.isLeaving() || this.ending != null) {
				throw left();
			}
		});
	}

	private static InvocationEndedError left() {
		return new InvocationEndedError("The invocation ended while this thread was waiting");
	}

	private boolean suspendIfBlocked() {
		if (this.running > 0 || this.ending != null) {
			return false;
		}
		this.blocked.keepConditions();
		end(new Ending.Suspended());
		return true;
	}

	/** Let those go on whose wait for a key is over. */
	void changed(Object key) {
		locked(() -> {
			if (this.ending != null) {
				return;
			}
			for (Strand strand : this.blocked.interestedIn(key)) {
				Strand.Blocked on = strand.blocked();
				if (on != null && on.done().getAsBoolean()) {
					this.blocked.remove(strand, on);
					goOn(strand, on);
				}
			}
		});
	}

	/** The root needs no permit. */
	private void goOn(Strand strand, Strand.Blocked on) {
		this.running++;
		if (strand.isRoot()) {
			wake(strand, on);
		}
		else if (strand.isUnwound()) {
			strand.block(null);
			startAgain(strand);
		}
		else {
			queueFirst(strand);
		}
	}

	/** Only when its former thread has left: until then that thread holds its state. */
	private void startAgain(Strand strand) {
		if (!strand.isOnThread()) {
			strand.rewind();
			queueFirst(strand);
		}
	}

	private void queueFirst(Strand strand) {
		strand.setQueued(true);
		this.queue.addFirst(strand);
	}

	private void wake(Strand strand, Strand.Blocked on) {
		strand.block(null);
		if (!strand.isRoot()) {
			this.parked--;
		}
		on.wakeUp().signal();
	}

	/**
	 * The next strand that needs a thread and may have one; wakes those that have one.
	 */
	@Nullable Strand next() {
		return locked(() -> {
			while (this.permits > 0 && !this.queue.isEmpty()) {
				Strand strand = this.queue.removeFirst();
				if (!strand.isQueued()) {
					continue;
				}
				strand.setQueued(false);
				this.permits--;
				strand.setPermitted(true);
				Strand.Blocked on = strand.blocked();
				if (on == null) {
					strand.setOnThread(true);
					this.forkedThreads++;
					return strand;
				}
				wake(strand, on);
			}
			return null;
		});
	}

	/** A strand's thread has left. */
	void leave(Strand strand) {
		locked(() -> {
			strand.setOnThread(false);
			this.forkedThreads--;
			returnPermit(strand);
			if (!strand.isUnwound() || strand.isCancelled()) {
				if (strand.isUnwound()) {
					this.dropped.add(strand.task());
				}
				strand.end();
				this.running--;
				suspendIfBlocked();
			}
			else if (this.ending != null) {
				this.dropped.add(strand.task());
			}
			else if (strand.blocked() == null) {
				startAgain(strand);
			}
			this.threadLeft.signalAll();
		});
	}

	private void returnPermit(Strand strand) {
		if (strand.isPermitted()) {
			strand.setPermitted(false);
			this.permits++;
		}
	}

	/** The tasks that were dropped since the last call. */
	List<Task> takeDropped() {
		return locked(() -> {
			List<Task> taken = List.copyOf(this.dropped);
			this.dropped.clear();
			return taken;
		});
	}

	/** Let a strand and all below it leave. */
	void cancel(Strand strand) {
		locked(() -> cancelAll(strand));
	}

	private void cancelAll(Strand strand) {
		if (strand.isEnded() || strand.isCancelled()) {
			return;
		}
		strand.children().forEach(this::cancelAll);
		strand.cancel();
		Strand.Blocked on = strand.blocked();
		boolean queued = strand.isQueued();
		strand.setQueued(false);
		if (on != null && !queued) {
			this.blocked.remove(strand, on);
			// Its thread counts as running until it has left.
			this.running += strand.isOnThread() ? 1 : 0;
		}
		if (on != null && !strand.isUnwound()) {
			wake(strand, on);
		}
		strand.block(null);
		if (!strand.isOnThread()) {
			this.dropped.add(strand.task());
			strand.end();
			this.running -= queued ? 1 : 0;
		}
	}

	/**
	 * End the invocation for the first reason given, and let all blocked threads leave.
	 * Tasks that have not begun may do so only if the function itself has ended.
	 */
	void end(Ending reason) {
		locked(() -> {
			if (this.ending == null) {
				this.ending = reason;
			}
			List<Strand> waiting = new ArrayList<>(this.queue);
			waiting.addAll(this.blocked.all());
			this.queue.clear();
			this.blocked.clear();
			waiting.forEach((strand) -> end(strand, reason));
			this.threadLeft.signalAll();
		});
	}

	private void end(Strand strand, Ending reason) {
		Strand.Blocked on = strand.blocked();
		if (on != null && !strand.isUnwound()) {
			wake(strand, on);
		}
		else if (strand.isQueued() && reason instanceof Ending.Finished) {
			this.queue.addLast(strand);
		}
		else if (!strand.isOnThread() && !strand.isEnded()) {
			this.dropped.add(strand.task());
		}
	}

	/** Wait until all forked threads have left; return whether they have in time. */
	boolean awaitLeft(long nanos) throws InterruptedException {
		long remaining = nanos;
		this.lock.lock();
		try {
			while ((this.forkedThreads > 0 || !this.queue.isEmpty()) && remaining > 0) {
				remaining = this.threadLeft.awaitNanos(remaining);
			}
			return this.forkedThreads == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return whether something that was awaited at the suspension has happened since. */
	boolean isResumable() {
		return this.blocked.hasHappenedSince();
	}

}
