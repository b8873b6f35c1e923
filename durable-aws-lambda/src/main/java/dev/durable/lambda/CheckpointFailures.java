package dev.durable.lambda;

import java.util.Locale;

import dev.durable.codec.PayloadCodecException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Tells failures that would come again from those that the next invocation may not see.
 */
final class CheckpointFailures {

	private static final int TOO_MANY_REQUESTS = 429;

	private CheckpointFailures() {
	}

	/**
	 * Return whether the execution must fail: the service refused what was sent, other
	 * than for its pace or because of a stale token, or cannot use its key.
	 */
	static boolean isFinal(@Nullable Throwable failure) {
		if (failure instanceof LambdaLimitExceededException || failure instanceof PayloadCodecException) {
			return true;
		}
		if (!(failure instanceof AwsServiceException refused) || isStaleToken(refused)) {
			return false;
		}
		int status = refused.statusCode();
		return code(refused).toUpperCase(Locale.ROOT).startsWith("KMS")
				|| (status >= 400 && status < 500 && status != TOO_MANY_REQUESTS);
	}

	/** Another invocation has gone on with the execution, or this one called twice. */
	private static boolean isStaleToken(AwsServiceException refused) {
		return String.valueOf(refused.getMessage()).contains("Invalid Checkpoint Token");
	}

	/** The service's name of an error, as far as it told one. */
	static String code(AwsServiceException refused) {
		String code = (refused.awsErrorDetails() != null) ? refused.awsErrorDetails().errorCode() : null;
		return (code != null && !code.isEmpty()) ? code : refused.getClass().getSimpleName();
	}

}
