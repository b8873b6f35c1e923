package dev.durable.autoconfigure.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** What Lambda tells an invocation. */
record InvocationContext(int remaining) implements Context {

	@Override
	public String getAwsRequestId() {
		return "request-1";
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
		return "orders";
	}

	@Override
	public String getFunctionVersion() {
		return "7";
	}

	@Override
	public String getInvokedFunctionArn() {
		return "arn:aws:lambda:eu-central-1:123456789012:function:orders:live";
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
	public int getRemainingTimeInMillis() {
		return this.remaining;
	}

	@Override
	public int getMemoryLimitInMB() {
		return 512;
	}

	@Override
	public @Nullable LambdaLogger getLogger() {
		return null;
	}

}
