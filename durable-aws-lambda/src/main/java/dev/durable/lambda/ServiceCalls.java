package dev.durable.lambda;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.durable.DurableException;
import dev.durable.DurableExecutionUnavailableException;
import dev.durable.ExecutionId;
import dev.durable.UnknownExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Calls of the service, whose errors become ours.
 *
 * @param client connects when it is first asked for
 */
record ServiceCalls(Supplier<LambdaClient> client) {

	private static final int THROTTLED = 429;

	private static final int FAULT = 500;

	/**
	 * Call the service.
	 * @param operation the operation as in IAM, such as {@code GetDurableExecution}
	 * @param call the call; its own exceptions of the service pass if it handles them
	 */
	<T> T call(String operation, Function<LambdaClient, T> call) {
		try {
			return call.apply(this.client.get());
		}
		catch (AwsServiceException ex) {
			throw translated(operation, ex);
		}
		catch (SdkClientException ex) {
			throw new DurableExecutionUnavailableException(
					"Lambda could not be asked for %s. Check the network, the region and the credentials."
						.formatted(operation),
					ex);
		}
	}

	/** Call the service about one execution. */
	<T> T call(String operation, ExecutionId execution, Function<LambdaClient, T> call) {
		requireArn(execution);
		return call(operation, (client) -> {
			try {
				return call.apply(client);
			}
			catch (ResourceNotFoundException ex) {
				throw new UnknownExecutionException(execution);
			}
		});
	}

	private static void requireArn(ExecutionId execution) {
		if (!execution.value().startsWith("arn:")) {
			throw new UnknownExecutionException(execution);
		}
	}

	/** The service's message may quote what was sent, so only its kind is told. */
	static DurableException translated(String operation, AwsServiceException ex) {
		String code = (ex.awsErrorDetails() != null) ? ex.awsErrorDetails().errorCode() : "unknown";
		if (ex.statusCode() == THROTTLED || ex.statusCode() >= FAULT || ex.isThrottlingException()) {
			return new DurableExecutionUnavailableException("Lambda did not answer %s (%s, status %d). Try again later."
				.formatted(operation, code, ex.statusCode()), ex);
		}
		return new DurableException(
				"Lambda refused %s (%s, status %d). Check that the role allows 'lambda:%1$s' on the function and its versions."
					.formatted(operation, code, ex.statusCode()),
				ex);
	}

}
