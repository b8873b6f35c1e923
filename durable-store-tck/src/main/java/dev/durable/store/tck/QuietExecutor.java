package dev.durable.store.tck;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
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

	/**
	 * Call a process on a thread of its own, and move time to the next task whenever the
	 * call waits and no thread has work.
	 * @param <T> the result
	 * @param time the time that the process waits for
	 * @param call the call
	 * @return its result
	 * @throws ProcessCrashed if the process is dead
	 * @throws AssertionError if it waits for what never happens, or fails with a checked
	 * exception or an error
	 */
	public <T> T callWhileTimePasses(VirtualTime time, Callable<T> call) {
		FutureTask<T> task = new FutureTask<>(call);
		Thread caller = new Thread(task, "caller");
		caller.setDaemon(true);
		caller.start();
		while (!task.isDone()) {
			if (isDead()) {
				throw new ProcessCrashed("The process crashed in a call");
			}
			if (isWaiting(caller)) {
				awaitQuiet();
				if (isWaiting(caller) && !time.advanceToNext() && !isDead()) {
					throw new AssertionError("The call waits, but nothing will happen any more");
				}
			}
			Thread.onSpinWait();
		}
		try {
			return task.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			if (ex.getCause() instanceof ProcessCrashed crashed) {
				throw crashed;
			}
			throw new AssertionError("The call failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a call", ex);
		}
	}

	private boolean isDead() {
		this.lock.lock();
		try {
			return this.dead;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** For a future that nothing has completed yet. */
	private static boolean isWaiting(Thread thread) {
		return LockSupport.getBlocker(thread) instanceof ForkJoinPool.ManagedBlocker blocker && !blocker.isReleasable();
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
