package dev.durable.operation;

import java.util.Objects;
import java.util.function.Supplier;

import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;

/**
 * A value that differs from run to run, recorded without waiting: it becomes durable with
 * whatever it feeds.
 *
 * @param <T> the value
 */
public final class ValueOperation<T> {

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final ValueForm<T> form;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param step the operation
	 * @param type the value's type
	 */
	public ValueOperation(OperationRuntime runtime, OperationRef step, Class<T> type) {
		this.runtime = runtime;
		this.step = step;
		this.form = new ValueForm<>(runtime, "The value of " + step, type, null);
	}

	/**
	 * Take the value, or replay the one taken before.
	 * @param source gives the value
	 * @return the value
	 */
	public T execute(Supplier<T> source) {
		OperationState recorded = this.runtime.journal().find(this.step);
		if (recorded != null && recorded.payload() != null) {
			return Objects.requireNonNull(this.form.replay(recorded));
		}
		Payload payload = this.form.encodeOneWay(source.get());
		this.runtime.enqueue(OperationUpdate.start(this.step, UpdateOptions.NONE),
				OperationUpdate.succeed(this.step, payload, UpdateOptions.NONE));
		return Objects.requireNonNull(this.form.decode(payload));
	}

}
