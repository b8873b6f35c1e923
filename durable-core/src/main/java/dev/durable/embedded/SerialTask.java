package dev.durable.embedded;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task on request, never twice at a time; requests that come while it runs are
 * served by one more run. Thread-safe.
 */
final class SerialTask {

	private static final Logger log = LoggerFactory.getLogger(SerialTask.class);

	private final Executor executor;

	private final Runnable task;

	private final AtomicInteger requests = new AtomicInteger();

	SerialTask(Executor executor, Runnable task) {
		this.executor = executor;
		this.task = task;
	}

	void request() {
		if (this.requests.getAndIncrement() == 0) {
			try {
				this.executor.execute(this::run);
			}
			catch (RuntimeException | Error ex) {
				this.requests.set(0);
				log.warn("A background task of the durable engine found no thread; it runs when asked again", ex);
			}
		}
	}

	private void run() {
		int served;
		do {
			served = this.requests.get();
			try {
				this.task.run();
			}
			catch (Throwable ex) {
				// Also after an error: a dispatcher that has stopped for good would lose
				// everything.
				log.warn("A background task of the durable engine failed; it runs again when asked", ex);
			}
		}
		while (this.requests.addAndGet(-served) > 0);
	}

}
