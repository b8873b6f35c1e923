package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for the emulator's clock, which is the machine's. */
final class Clocks {

	private Clocks() {
	}

	/** Return when a time has come. */
	static void awaitTime(Instant time) {
		long millis = Math.max(0, Duration.between(Instant.now(), time).toMillis() + 1);
		CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)).join();
	}

}
