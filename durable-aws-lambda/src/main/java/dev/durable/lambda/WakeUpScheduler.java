package dev.durable.lambda;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

import dev.durable.store.ExecutionIdentity;

/**
 * Has a Lambda function invoked at a time, so that executions in a checkpoint store go on
 * then. Thread-safe.
 * <p>
 * It promises little. A wake-up may come late, come twice, or be lost; none of this harms
 * executions, as every wake-up finds all that is due, and so does a periodic sweep. What
 * is asked for twice for the same second may be one wake-up. It carries its time, and
 * nothing of any execution.
 */
@FunctionalInterface
public interface WakeUpScheduler {

	/**
	 * Schedule a wake-up. Tries a few times at most, and never throws: a failure is
	 * logged, and the sweep makes up for it.
	 * @param at when, rounded up to a second; a time that has passed means at once
	 * @return whether the wake-up was accepted
	 */
	boolean schedule(Instant at);

	/**
	 * Return what wakes a Lambda function at once when an execution can go on there, for
	 * {@link dev.durable.embedded.EmbeddedEngine.Builder#whenRunnableElsewhere}.
	 * @param clock the store's clock
	 * @return asks for a wake-up now
	 */
	default Consumer<ExecutionIdentity> whenRunnable(InstantSource clock) {
		return (execution) -> schedule(clock.instant());
	}

	/**
	 * Return a scheduler that has each wake-up from the one that is better at it: a queue
	 * is quick, but passes on for days what is far; a schedule is the other way round.
	 * @param near takes what is due within 15 minutes
	 * @param far takes the rest
	 * @param clock the store's clock
	 * @return the scheduler
	 */
	static WakeUpScheduler byDistance(WakeUpScheduler near, WakeUpScheduler far, InstantSource clock) {
		return (at) -> (at.isAfter(clock.instant().plus(SqsWakeUps.LONGEST_DELAY)) ? far : near).schedule(at);
	}

}
