package dev.durable.payload;

import dev.durable.ExecutionId;
import dev.durable.OperationId;

/**
 * Where a payload stands. A sealed payload that is moved elsewhere cannot be opened.
 *
 * @param execution the execution
 * @param name the place in it
 */
public record PayloadPlace(ExecutionId execution, String name) {

	/**
	 * Return a place in an event.
	 * @param execution the execution
	 * @param position the event's position
	 * @param part what of the event
	 * @return the place
	 */
	public static PayloadPlace event(ExecutionId execution, long position, Part part) {
		return new PayloadPlace(execution, "event " + position + " " + part.name());
	}

	/**
	 * Return a place in the outcome of a callback. It stays the same when the outcome
	 * becomes an event: an operation ends once.
	 * @param execution the execution
	 * @param operation the callback
	 * @param part what of the outcome
	 * @return the place
	 */
	public static PayloadPlace callback(ExecutionId execution, OperationId operation, Part part) {
		return new PayloadPlace(execution, "callback " + operation.value() + " " + part.name());
	}

	/**
	 * Return a place in an operation, for hosts whose histories have no positions.
	 * @param execution the execution
	 * @param operation the operation
	 * @param part what of it
	 * @return the place
	 */
	public static PayloadPlace operation(ExecutionId execution, OperationId operation, Part part) {
		return new PayloadPlace(execution, "operation " + operation.value() + " " + part.name());
	}

	/** What an event or an outcome carries. */
	public enum Part {

		/** An input or a result. */
		PAYLOAD,

		/** An error. */
		ERROR

	}

	@Override
	public String toString() {
		return "%s of execution '%s'".formatted(this.name, this.execution);
	}

}
