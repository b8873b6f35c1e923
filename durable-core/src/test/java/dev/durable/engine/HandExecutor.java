package dev.durable.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps tasks until the test lets one begin, on a thread of its own. */
final class HandExecutor implements Executor {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private Throwable refusal;

	@Override
	public synchronized void execute(Runnable task) {
		if (this.refusal instanceof Error error) {
			throw error;
		}
		if (this.refusal instanceof RuntimeException exception) {
			throw exception;
		}
		this.tasks.addLast(task);
	}

	/** Throw this instead of taking tasks. */
	synchronized void refuseWith(Throwable failure) {
		this.refusal = failure;
	}

	/** How many tasks were given a thread that the test has not let begin yet. */
	synchronized int waiting() {
		return this.tasks.size();
	}

	/** Begin the task that has waited longest. */
	synchronized Thread begin() {
		assertThat(this.tasks).as("tasks that were given a thread").isNotEmpty();
		Thread thread = new Thread(this.tasks.removeFirst(), "begun-by-hand");
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((any, failure) -> {
			// what a task throws is the business of the strands
		});
		thread.start();
		return thread;
	}

}
