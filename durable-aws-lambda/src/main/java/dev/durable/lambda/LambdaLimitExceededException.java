package dev.durable.lambda;

import dev.durable.DurableException;

/**
 * An execution reached what the service allows an execution: it fails, and code cannot
 * catch that.
 */
public class LambdaLimitExceededException extends DurableException {

	/**
	 * Create the exception.
	 * @param message the operation, what it would have made of which limit, and what to
	 * do
	 */
	public LambdaLimitExceededException(String message) {
		super(message);
	}

}
