package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** The context of an invocation, which knows the time that is left. */
record TimedContext(InstantSource clock, Instant limit) implements Context {

	static TimedContext of(InstantSource clock, Duration limit) {
		return new TimedContext(clock, clock.instant().plus(limit));
	}

	@Override
	public int getRemainingTimeInMillis() {
		return (int) Duration.between(this.clock.instant(), this.limit).toMillis();
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
		return "orders";
	}

	@Override
	public String getFunctionVersion() {
		return "1";
	}

	@Override
	public String getInvokedFunctionArn() {
		return "arn:aws:lambda:eu-central-1:123456789012:function:orders";
	}

	@Override
	public CognitoIdentity getIdentity() {
		throw new UnsupportedOperationException("Nobody asks for it");
	}

	@Override
	public ClientContext getClientContext() {
		throw new UnsupportedOperationException("Nobody asks for it");
	}

	@Override
	public int getMemoryLimitInMB() {
		return 512;
	}

	@Override
	public LambdaLogger getLogger() {
		throw new UnsupportedOperationException("Nobody asks for it");
	}

}
