package dev.durable.operation;

import dev.durable.OperationRef;
import dev.durable.RetryDecision;
import dev.durable.StepBody;
import dev.durable.StepFailedException;
import dev.durable.StepInterruptedException;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.TypeRef;
import dev.durable.ErrorObject;
import dev.durable.IllegalDurableCallException;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationStatus;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * Code whose result is recorded.
 *
 * @param <T> the result
 */
public final class StepOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final TypeRef<T> type;

	private final StepOptions options;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param step the operation
	 * @param type the result's type
	 * @param options semantics and retries
	 */
	public StepOperation(OperationRuntime runtime, OperationRef step, TypeRef<T> type, StepOptions options) {
		this.runtime = runtime;
		this.step = step;
		this.type = type;
		this.options = options;
	}

	/**
	 * Run the code until an attempt succeeds or none is left, or replay what came of it.
	 * @param <E> the checked exceptions of the code
	 * @param body the code
	 * @return the result
	 * @throws E if the step failed
	 */
	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	public <E extends Exception> T execute(StepBody<T, E> body) throws E {
		OperationState recorded = this.runtime.journal().find(this.step);
		while (true) {
			OperationStatus status = (recorded != null) ? recorded.status() : null;
			if (status == OperationStatus.SUCCEEDED) {
				return (T) this.runtime.replay("The result of " + this.step, recorded, this.type.type());
			}
			if (status == OperationStatus.FAILED) {
				throw failed(recorded.error());
			}
			int attempt = number(recorded);
			if (status != OperationStatus.PENDING) {
				Payload result = attempt(attempt, status == OperationStatus.STARTED, body);
				if (result != null) {
					return (T) scope(0).decode(result);
				}
			}
			this.runtime.threads().await(this.step.id(), () -> isRetryDue(attempt));
			recorded = this.runtime.journal().state(this.step.id());
		}
	}

	/** Which attempt runs now, or has failed last. */
	private static int number(@Nullable OperationState recorded) {
		if (recorded == null) {
			return 1;
		}
		return (recorded.status() == OperationStatus.READY) ? recorded.attempt() + 1 : recorded.attempt();
	}

	/** The journal may still show the former attempt, whose retry was due as well. */
	private boolean isRetryDue(int failed) {
		OperationState state = this.runtime.journal().state(this.step.id());
		return state != null && state.status() == OperationStatus.READY && state.attempt() == failed;
	}

	/** Return the result, or null if another attempt follows. */
	private <E extends Exception> @Nullable Payload attempt(int number, boolean interrupted, StepBody<T, E> body)
			throws E {
		boolean atMostOnce = this.options.semantics() == StepSemantics.AT_MOST_ONCE_PER_RETRY;
		if (interrupted && atMostOnce) {
			return retryOrFail(interruption(number), number);
		}
		if (!interrupted) {
			start(atMostOnce);
		}
		StepScope scope = scope(number);
		Throwable thrown;
		try {
			return finish(scope, run(scope, body));
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			thrown = ex;
		}
		if (scope.committed() != null) {
			// The result is durable, so a failure after the commit must not be seen:
			// replay cannot repeat it.
			this.runtime.logger()
				.warn("{} threw after its transaction had committed; its result stands", this.step, thrown);
			return scope.committed();
		}
		return retryOrFail(thrown, number);
	}

	private void start(boolean durably) {
		OperationUpdate start = OperationUpdate.start(this.step, UpdateOptions.NONE);
		if (durably) {
			this.runtime.commit(start);
		}
		else {
			this.runtime.enqueue(start);
		}
	}

	private T run(StepScope scope, StepBody<T, ?> body) throws Exception {
		StepScope.set(scope);
		try {
			return body.run(scope);
		}
		finally {
			StepScope.set(null);
		}
	}

	private Payload finish(StepScope scope, T result) {
		Payload committed = scope.committed();
		if (committed != null) {
			return committed;
		}
		Payload payload = scope.encode(result);
		this.runtime.commit(OperationUpdate.succeed(this.step, payload, UpdateOptions.NONE));
		return payload;
	}

	private <E extends Exception> @Nullable Payload retryOrFail(Throwable thrown, int attempt) throws E {
		Payload error = this.runtime.encode(thrown);
		if (decide(thrown, attempt) instanceof RetryDecision.Retry retry) {
			this.runtime.logger()
				.debug("{} failed in attempt {}; next in {}", this.step, attempt, retry.delay(), thrown);
			this.runtime.enqueue(OperationUpdate.retry(this.step, error, new UpdateOptions.RetryAfter(retry.delay())));
			return null;
		}
		this.runtime.logger().debug("{} failed for good in attempt {}", this.step, attempt, thrown);
		this.runtime.commit(OperationUpdate.fail(this.step, error));
		throw failed(error);
	}

	private RetryDecision decide(Throwable thrown, int attempt) {
		if (thrown instanceof PayloadCodecException || thrown instanceof IllegalDurableCallException) {
			// Another attempt would fail the same way, and do the body's work twice.
			return RetryDecision.fail();
		}
		try {
			return this.options.retry().decide(thrown, attempt);
		}
		catch (RuntimeException ex) {
			this.runtime.logger().warn("The retry strategy of {} threw; the step fails", this.step, ex);
			return RetryDecision.fail();
		}
	}

	private <E extends Exception> RuntimeException failed(@Nullable Payload error) throws E {
		Payload recorded = (error != null) ? error
				: this.runtime.errors().encode(ErrorObject.of("Unknown", "No error was recorded"));
		return this.runtime.<E>rethrow(recorded, (object) -> new StepFailedException(
				"%s failed: %s: %s".formatted(this.step, object.errorType(), object.errorMessage()), object));
	}

	private StepInterruptedException interruption(int attempt) {
		String message = "Attempt %d of %s was cut off by a crash; whether it had an effect is unknown"
			.formatted(attempt, this.step);
		return new StepInterruptedException(message, ErrorObject.of(StepInterruptedException.class.getName(), message));
	}

	private StepScope scope(int attempt) {
		return new StepScope(this.runtime, this.step, this.type.type(), attempt);
	}

}
