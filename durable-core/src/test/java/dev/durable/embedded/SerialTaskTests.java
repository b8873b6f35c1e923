package dev.durable.embedded;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SerialTaskTests {

	@Test
	void taskWhenItThrowsAnErrorRunsAgainWhenAsked() {
		AtomicInteger runs = new AtomicInteger();
		SerialTask task = new SerialTask(Runnable::run, () -> {
			if (runs.incrementAndGet() == 1) {
				throw new OutOfMemoryError("simulated");
			}
		});
		task.request();
		task.request();
		assertThat(runs).hasValue(2);
	}

	@Test
	void requestsBeforeTheTaskRunsAreServedByOneRun() {
		AtomicInteger runs = new AtomicInteger();
		Queue<Runnable> threads = new ArrayDeque<>();
		SerialTask task = new SerialTask(threads::add, runs::incrementAndGet);
		task.request();
		task.request();
		task.request();
		assertThat(threads).hasSize(1);
		threads.remove().run();
		assertThat(runs).hasValue(1);
		assertThat(threads).isEmpty();
	}

	@Test
	void taskWhenThereIsNoThreadForItRunsWhenItIsAskedForAgain() {
		AtomicInteger runs = new AtomicInteger();
		AtomicInteger threads = new AtomicInteger();
		SerialTask task = new SerialTask((run) -> {
			if (threads.getAndIncrement() == 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			run.run();
		}, runs::incrementAndGet);
		task.request();
		assertThat(runs).hasValue(0);
		task.request();
		assertThat(runs).hasValue(1);
	}

}
