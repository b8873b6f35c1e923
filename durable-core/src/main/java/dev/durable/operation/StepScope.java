package dev.durable.operation;

import java.lang.reflect.Type;
import java.util.Objects;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.StepContext;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One attempt of a step, current on the thread that runs its body. */
public final class StepScope implements StepContext {

	private static final ThreadLocal<StepScope> CURRENT = new ThreadLocal<>();

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final Type type;

	private final int attempt;

	private final boolean inTransactionBefore;

	private volatile @Nullable Payload committed;

	StepScope(OperationRuntime runtime, OperationRef step, Type type, int attempt) {
		this.runtime = runtime;
		this.step = step;
		this.type = type;
		this.attempt = attempt;
		this.inTransactionBefore = runtime.journal().inTransaction();
	}

	/**
	 * Return the attempt that the calling thread runs.
	 * @return the attempt, or {@code null} outside a step
	 */
	public static @Nullable StepScope current() {
		return CURRENT.get();
	}

	static void set(@Nullable StepScope scope) {
		if (scope != null) {
			CURRENT.set(scope);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Offer the body's result while its transaction is still open: if that transaction
	 * began inside this attempt and the host can join it, both commit together.
	 * @param result what the body returned
	 */
	public void returned(@Nullable Object result) {
		if (this.inTransactionBefore || !this.runtime.journal().inTransaction()) {
			return;
		}
		Payload payload = encode(result);
		this.runtime.journal()
			.joinTransaction(OperationUpdate.succeed(this.step, payload, UpdateOptions.NONE),
					() -> this.committed = payload);
	}

	/** The result that became durable with the body's transaction, or null. */
	@Nullable Payload committed() {
		return this.committed;
	}

	/**
	 * Encode a result that can also be read back: what cannot must fail on the first run.
	 */
	Payload encode(@Nullable Object result) {
		Payload payload = this.runtime.payloads().encode("The result of " + this.step, result, this.type);
		decode(payload);
		return payload;
	}

	@Nullable Object decode(@Nullable Payload payload) {
		return this.runtime.payloads().decode("The result of " + this.step, payload, this.type);
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
