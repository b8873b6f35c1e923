package dev.durable;

import java.util.Objects;

/** An item of a map, or a branch of a parallel, failed; {@link #error()} tells how. */
public class BatchItemFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which item
	 * @param error the item's error
	 */
	public BatchItemFailedException(String message, ErrorObject error) {
		super(message, error);
	}

	BatchItemFailedException(BatchItem<?> item) {
		this("Item %d%s failed: %s: %s".formatted(item.index(),
				(item.name() != null) ? " '%s'".formatted(item.name()) : "",
				Objects.requireNonNull(item.error()).errorType(), item.error().errorMessage()), item.error());
	}

}
