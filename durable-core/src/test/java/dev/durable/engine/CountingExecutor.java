package dev.durable.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts every task at once and counts them. */
final class CountingExecutor implements Executor {

	private static final ExecutorService THREADS = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "counted");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger given = new AtomicInteger();

	private final AtomicInteger left = new AtomicInteger();

	@Override
	public void execute(Runnable task) {
		this.given.incrementAndGet();
		THREADS.execute(() -> {
			try {
				task.run();
			}
			finally {
				this.left.incrementAndGet();
			}
		});
	}

	/** How many tasks it was ever given. */
	int given() {
		return this.given.get();
	}

	/** Whether every task that it was given has left. */
	boolean isQuiet() {
		// in this order: a task gives others before it leaves
		int seen = this.left.get();
		return seen == this.given.get();
	}

}
