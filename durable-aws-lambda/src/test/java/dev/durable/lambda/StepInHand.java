package dev.durable.lambda;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A step that runs until the test lets it end. */
final class StepInHand {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	String run() throws InterruptedException {
		this.begun.countDown();
		await(this.released);
		return "done";
	}

	void awaitBegun() throws InterruptedException {
		await(this.begun);
	}

	void release() {
		this.released.countDown();
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		if (!latch.await(10, TimeUnit.SECONDS)) {
			throw new AssertionError("Nothing came within 10 s");
		}
	}

}
