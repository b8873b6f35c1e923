package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/**
 * What Lambda tells an invocation of function {@code orders}.
 *
 * @param remaining the time that it has left
 */
record FakeContext(Supplier<Duration> remaining) implements Context {

	/** An invocation in which no time passes. */
	static FakeContext with(Duration remaining) {
		return new FakeContext(() -> remaining);
	}

	/** An invocation that begins now. */
	static FakeContext of(InstantSource clock, Duration limit) {
		Instant end = clock.instant().plus(limit);
		return new FakeContext(() -> Duration.between(clock.instant(), end));
	}

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
		return "arn:aws:lambda:eu-central-1:123456789012:function:orders:7";
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
	public int getRemainingTimeInMillis() {
		return (int) this.remaining.get().toMillis();
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
