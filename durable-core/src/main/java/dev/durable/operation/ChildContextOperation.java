package dev.durable.operation;

import dev.durable.ChildBody;
import dev.durable.ChildContextFailedException;
import dev.durable.ErrorObject;
import dev.durable.OperationRef;
import dev.durable.TypeRef;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationStatus;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * A group of operations whose result is recorded as one.
 *
 * @param <T> the result
 */
public final class ChildContextOperation<T extends @Nullable Object> {

	/** AWS's checkpoint limit: a larger result is rebuilt from the children. */
	private static final int MAX_RECORDED = 262_144;

	private final OperationRuntime runtime;

	private final ChildContexts contexts;

	private final OperationRef child;

	private final TypeRef<T> type;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param contexts makes the child's context
	 * @param child the operation
	 * @param type the result's type
	 */
	public ChildContextOperation(OperationRuntime runtime, ChildContexts contexts, OperationRef child,
			TypeRef<T> type) {
		this.runtime = runtime;
		this.contexts = contexts;
		this.child = child;
		this.type = type;
	}

	/**
	 * Run the code, or replay what came of it.
	 * @param <E> the checked exceptions of the code
	 * @param body the code
	 * @return the result
	 * @throws E if the child context failed
	 */
	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	public <E extends Exception> T execute(ChildBody<T, E> body) throws E {
		OperationState recorded = this.runtime.journal().find(this.child);
		OperationStatus status = (recorded != null) ? recorded.status() : null;
		if (status == OperationStatus.FAILED) {
			throw failed(recorded.error());
		}
		boolean succeeded = status == OperationStatus.SUCCEEDED;
		if (succeeded && !recorded.facts().replayChildren()) {
			return (T) this.runtime.replay(what(), recorded, this.type.type());
		}
		if (recorded == null) {
			this.runtime.enqueue(OperationUpdate.start(this.child, UpdateOptions.NONE));
		}
		Throwable thrown;
		try {
			Payload payload = encode(this.contexts.run(this.child, body));
			if (!succeeded) {
				succeed(payload);
			}
			return (T) decode(payload);
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			thrown = ex;
		}
		Payload error = this.runtime.encode(thrown);
		if (!succeeded) {
			this.runtime.commit(OperationUpdate.fail(this.child, error));
		}
		throw failed(error);
	}

	private void succeed(Payload payload) {
		boolean large = payload.size() > MAX_RECORDED;
		this.runtime.commit(large ? OperationUpdate.succeed(this.child, null, new UpdateOptions.ReplayChildren())
				: OperationUpdate.succeed(this.child, payload, UpdateOptions.NONE));
	}

	private Payload encode(T result) {
		Payload payload = this.runtime.payloads().encodeUnbounded(what(), result, this.type.type());
		decode(payload);
		return payload;
	}

	private @Nullable Object decode(@Nullable Payload payload) {
		return this.runtime.payloads().decode(what(), payload, this.type.type());
	}

	private String what() {
		return "The result of " + this.child;
	}

	private <E extends Exception> RuntimeException failed(@Nullable Payload error) throws E {
		Payload recorded = (error != null) ? error
				: this.runtime.errors().encode(ErrorObject.of("Unknown", "No error was recorded"));
		return this.runtime.<E>rethrow(recorded, (object) -> new ChildContextFailedException(
				"%s failed: %s: %s".formatted(this.child, object.errorType(), object.errorMessage()), object));
	}

}
