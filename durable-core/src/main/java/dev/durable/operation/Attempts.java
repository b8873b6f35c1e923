package dev.durable.operation;

import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one step, and the waits between them.
 *
 * @param <T> the step's result
 */
final class Attempts<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final Form<T> form;

	private final OperationRuntime.RecordedFailure failure;

	/**
	 * Create the attempts.
	 * @param form how the result is recorded
	 * @param failure stands for a recorded failure that cannot be rebuilt
	 */
	Attempts(OperationRuntime runtime, OperationRef step, Form<T> form, OperationRuntime.RecordedFailure failure) {
		this.runtime = runtime;
		this.step = step;
		this.form = form;
		this.failure = failure;
	}

	/**
	 * Make attempts until one of them ends the step, or replay what came of it.
	 * @throws E if the step failed
	 */
	<E extends Exception> T execute(Attempt<E> attempt) throws E {
		OperationState recorded = this.runtime.journal().find(this.step);
		while (true) {
			OperationStatus status = (recorded != null) ? recorded.status() : null;
			if (recorded != null && status == OperationStatus.SUCCEEDED) {
				return this.form.replay(recorded);
			}
			if (recorded != null && status == OperationStatus.FAILED) {
				throw this.<E>failed(this.runtime.recordedError(recorded));
			}
			int number = number(recorded);
			if (status != OperationStatus.PENDING) {
				Payload result = attempt.make(number, recorded, status == OperationStatus.STARTED);
				if (result != null) {
					return this.form.decode(result);
				}
			}
			this.runtime.threads().await(this.step.id(), () -> isNextDue(number));
			recorded = this.runtime.journal().state(this.step.id());
		}
	}

	/** Which attempt is made now, or has ended last. */
	private static int number(@Nullable OperationState recorded) {
		if (recorded == null) {
			return 1;
		}
		return (recorded.status() == OperationStatus.READY) ? recorded.attempt() + 1 : recorded.attempt();
	}

	/** The journal may still show the former attempt, whose retry was due as well. */
	private boolean isNextDue(int ended) {
		OperationState state = this.runtime.journal().state(this.step.id());
		return state != null && state.status() == OperationStatus.READY && state.attempt() == ended;
	}

	/** The exception that the step's recorded error stands for. */
	<E extends Exception> RuntimeException failed(Payload error) throws E {
		return this.runtime.<E>rethrow(error, this.failure);
	}

	/**
	 * Makes one attempt.
	 *
	 * @param <E> what it throws if it ends the step
	 */
	@FunctionalInterface
	interface Attempt<E extends Exception> {

		/**
		 * Make an attempt and record how it ended.
		 * @param number the attempt's number
		 * @param recorded what is recorded of the step, or {@code null}
		 * @param interrupted whether the attempt has begun before, and a crash cut it off
		 * @return the encoded result, or {@code null} if another attempt follows
		 */
		@Nullable Payload make(int number, @Nullable OperationState recorded, boolean interrupted) throws E;

	}

}
