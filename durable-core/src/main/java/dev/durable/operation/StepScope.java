package dev.durable.operation;

import java.util.Objects;
import java.util.concurrent.Callable;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.StepContext;
import dev.durable.codec.Payload;
import dev.durable.journal.Observation.Attempt;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One attempt of a step, current on the thread that runs its body.
 *
 * @param <T> the step's result
 */
public final class StepScope<T extends @Nullable Object> implements StepContext {

	private static final ThreadLocal<StepScope<?>> CURRENT = new ThreadLocal<>();

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final int attempt;

	private final @Nullable ValueForm<T> joining;

	private final boolean inTransactionBefore;

	private volatile @Nullable Payload committed;

	/**
	 * Create an attempt.
	 * @param joining how its result is recorded if it may commit with a transaction of
	 * the body, else {@code null}
	 */
	StepScope(OperationRuntime runtime, OperationRef step, int attempt, @Nullable ValueForm<T> joining) {
		this.runtime = runtime;
		this.step = step;
		this.attempt = attempt;
		this.joining = joining;
		this.inTransactionBefore = runtime.journal().inTransaction();
	}

	/**
	 * Return the attempt that the calling thread runs.
	 * @return the attempt, or {@code null} outside a step
	 */
	public static @Nullable StepScope<?> current() {
		return CURRENT.get();
	}

	/** Run the attempt's code. */
	<R extends @Nullable Object> R call(Callable<R> body) throws Exception {
		CURRENT.set(this);
		Attempt observed = this.runtime.journal().observation().attempt(this.step, this.attempt, false);
		try {
			R result = body.call();
			observed.ended(null);
			return result;
		}
		catch (Throwable ex) {
			observed.ended(ex);
			throw ex;
		}
		finally {
			CURRENT.remove();
		}
	}

	/**
	 * Offer the body's result while its transaction is still open: if that transaction
	 * began inside this attempt and the host can join it, both commit together.
	 * @param result what the body returned
	 */
	@SuppressWarnings({ "unchecked", "NullAway" }) // it is the body that returned it
	public void returned(@Nullable Object result) {
		if (this.joining == null || this.inTransactionBefore || !this.runtime.journal().inTransaction()) {
			return;
		}
		Payload payload = this.joining.encode((T) result);
		this.runtime.journal()
			.joinTransaction(OperationUpdate.succeed(this.step, payload, UpdateOptions.NONE),
					this.runtime.threads()::record, () -> this.committed = payload);
	}

	/** The result that became durable with the body's transaction, or null. */
	@Nullable Payload committed() {
		return this.committed;
	}

	/**
	 * Return the step as messages name it.
	 * @return such as {@code Step 'charge'}
	 */
	public String description() {
		return this.step.toString();
	}

	@Override
	public ExecutionId executionId() {
		return this.runtime.execution();
	}

	@Override
	public OperationId operationId() {
		return this.step.id();
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public Logger logger() {
		return Objects.requireNonNull(this.runtime.logger());
	}

}
