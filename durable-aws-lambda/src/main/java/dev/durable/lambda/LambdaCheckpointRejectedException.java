package dev.durable.lambda;

import dev.durable.DurableException;
import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The service refused to record something, and would refuse it again: the execution
 * fails.
 */
public class LambdaCheckpointRejectedException extends DurableException {

	/**
	 * Create the exception.
	 * @param message what the service said and what to do
	 * @param cause the cause
	 */
	public LambdaCheckpointRejectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	static LambdaCheckpointRejectedException of(ExecutionId execution, AwsServiceException refused) {
		return new LambdaCheckpointRejectedException(
				("Lambda refused a checkpoint of execution '%s', and would refuse it again: %s (status %d). "
						+ "Look at what its code records, at the function's permissions, and at its key if it has one.")
					.formatted(execution, refused.getMessage(), refused.statusCode()),
				refused);
	}

}
