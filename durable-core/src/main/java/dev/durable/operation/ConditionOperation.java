package dev.durable.operation;

import dev.durable.ConditionCheck;
import dev.durable.ConditionOptions;
import dev.durable.ErrorObject;
import dev.durable.OperationRef;
import dev.durable.TypeRef;
import dev.durable.WaitDecision;
import dev.durable.WaitForConditionFailedException;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * A check that is repeated until its condition is met: a step whose attempts hand a state
 * on.
 *
 * @param <T> the state
 */
public final class ConditionOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef condition;

	private final ValueForm<T> form;

	private final ConditionOptions<T> options;

	private final Attempts<T> attempts;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param condition the operation
	 * @param type the state's type
	 * @param options initial state, strategy and codec
	 */
	public ConditionOperation(OperationRuntime runtime, OperationRef condition, TypeRef<T> type,
			ConditionOptions<T> options) {
		this.runtime = runtime;
		this.condition = condition;
		this.form = new ValueForm<>(runtime, "The state of " + condition, type.type(), options.codec());
		this.options = options;
		this.attempts = new Attempts<>(runtime, condition, this.form, (error) -> new WaitForConditionFailedException(
				"%s failed: %s: %s".formatted(condition, error.errorType(), error.errorMessage()), error));
	}

	/**
	 * Check until the strategy stops, or replay what came of it.
	 * @param <E> the checked exceptions of the check
	 * @param check the check
	 * @return the state that met the condition
	 * @throws E if a check failed
	 */
	public <E extends Exception> T execute(ConditionCheck<T, E> check) throws E {
		return this.attempts.<E>execute((number, recorded, interrupted) -> {
			if (!interrupted) {
				this.runtime.enqueue(OperationUpdate.start(this.condition, UpdateOptions.NONE));
			}
			return check(number, state(recorded), check);
		});
	}

	private T state(@Nullable OperationState recorded) {
		return (recorded != null && recorded.payload() != null) ? this.form.replay(recorded)
				: this.options.initialState();
	}

	/** Return the state that met the condition, or null if another check follows. */
	private <E extends Exception> @Nullable Payload check(int attempt, T former, ConditionCheck<T, E> check) throws E {
		Throwable thrown;
		try {
			StepScope<T> scope = new StepScope<>(this.runtime, this.condition, attempt, null);
			Payload state = this.form.encode(scope.call(() -> check.check(former, scope)));
			WaitDecision decision = this.options.strategy().decide(this.form.decode(state), attempt);
			if (decision instanceof WaitDecision.Continue next) {
				this.runtime.enqueue(
						OperationUpdate.recheck(this.condition, state, new UpdateOptions.RetryAfter(next.delay())));
				return null;
			}
			if (decision instanceof WaitDecision.Stop) {
				this.runtime.commit(OperationUpdate.succeed(this.condition, state, UpdateOptions.NONE));
				return state;
			}
			throw exhausted(attempt);
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			thrown = ex;
		}
		Payload error = this.runtime.encode(thrown);
		this.runtime.logger().debug("{} failed in check {}", this.condition, attempt, thrown);
		this.runtime.commit(OperationUpdate.fail(this.condition, error));
		throw this.attempts.<E>failed(error);
	}

	private WaitForConditionFailedException exhausted(int attempts) {
		String message = "%s was not met within %d check%s".formatted(this.condition, attempts,
				(attempts == 1) ? "" : "s");
		return new WaitForConditionFailedException(message,
				ErrorObject.of(WaitForConditionFailedException.class.getName(), message));
	}

}
