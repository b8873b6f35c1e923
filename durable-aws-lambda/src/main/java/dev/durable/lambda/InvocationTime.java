package dev.durable.lambda;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleSupplier;

/**
 * How time passes in an invocation.
 *
 * @param clock tells it
 * @param pause passes it
 * @param jitter gives numbers from zero to one
 */
record InvocationTime(Clock clock, Pause pause, DoubleSupplier jitter) {

	/** Return the machine's time. */
	static InvocationTime ofMachine() {
		return new InvocationTime(Clock.systemUTC(), (lock, changed, until) -> changed.awaitUntil(Date.from(until)),
				() -> ThreadLocalRandom.current().nextDouble());
	}

	/** Passes time while nothing is to be done. */
	@FunctionalInterface
	interface Pause {

		/**
		 * Wait until something changes or a time has come; may return earlier.
		 * @param lock is held
		 * @param changed tells of changes
		 * @param until the time
		 * @return whether the time had not come
		 */
		boolean await(Lock lock, Condition changed, Instant until) throws InterruptedException;

	}

}
