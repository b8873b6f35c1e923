package dev.durable.sample.orders;

import java.time.Duration;
import java.time.Instant;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda tells an invocation, above all how much time it has left.
 *
 * @param limit when Lambda ends it
 */
record LimitedContext(Instant limit) implements Context {

	@Override
	public int getRemainingTimeInMillis() {
		return (int) Duration.between(Instant.now(), this.limit).toMillis();
	}

	@Override
	public String getAwsRequestId() {
		return "request";
	}

	@Override
	public String getLogGroupName() {
		return "group";
	}

	@Override
	public String getLogStreamName() {
		return "stream";
	}

	@Override
	public String getFunctionName() {
		return "plain-process-order";
	}

	@Override
	public String getFunctionVersion() {
		return "1";
	}

	@Override
	public String getInvokedFunctionArn() {
		return "arn:aws:lambda:eu-central-1:123456789012:function:plain-process-order";
	}

	@Override
	public @Nullable CognitoIdentity getIdentity() {
		return null;
	}

	@Override
	public @Nullable ClientContext getClientContext() {
		return null;
	}

	@Override
	public int getMemoryLimitInMB() {
		return 1769;
	}

	@Override
	public @Nullable LambdaLogger getLogger() {
		return null;
	}

}
