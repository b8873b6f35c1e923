package dev.durable.codec;

import dev.durable.DurableException;
import org.jspecify.annotations.Nullable;

/**
 * A payload cannot be opened with what is configured now: its key or its store is
 * missing, or it was changed. Trying again does not help before somebody acts.
 */
public class PayloadSealedException extends DurableException {

	/**
	 * Create the exception.
	 * @param message where the payload is, what is missing and what to do; never its
	 * bytes
	 * @param cause the cause
	 */
	public PayloadSealedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
