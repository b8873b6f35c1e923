package dev.durable.sample.orders.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for other processes, but not for ever. */
final class Waiting {

	private Waiting() {
	}

	static void until(Duration patience, String what, BooleanSupplier condition) {
		if (!holds(patience, condition)) {
			throw new IllegalStateException("Waited %s in vain until %s".formatted(patience, what));
		}
	}

	static boolean holds(Duration patience, BooleanSupplier condition) {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			pause(200);
		}
		return true;
	}

	static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
	}

}
