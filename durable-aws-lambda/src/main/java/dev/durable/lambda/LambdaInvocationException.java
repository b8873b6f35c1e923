package dev.durable.lambda;

import dev.durable.DurableException;
import org.jspecify.annotations.Nullable;

/**
 * An invocation could not be brought to its end. The execution is as it was at its last
 * checkpoint, and the service invokes the function again.
 */
public class LambdaInvocationException extends DurableException {

	/**
	 * Create the exception.
	 * @param message what was found and what follows
	 * @param cause the cause
	 */
	public LambdaInvocationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
