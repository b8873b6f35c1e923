package dev.durable.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a handler in this process is told of its invocation.
 *
 * @param call the invocation
 * @param startedNanos when it began
 */
record HandlerContext(FunctionCall call, long startedNanos) implements Context {

	@Override
	public String getAwsRequestId() {
		return this.call.requestId();
	}

	@Override
	public String getLogGroupName() {
		return "/aws/lambda/" + this.call.name();
	}

	@Override
	public String getLogStreamName() {
		return "emulator";
	}

	@Override
	public String getFunctionName() {
		return this.call.name();
	}

	@Override
	public String getFunctionVersion() {
		return EmulatedFunction.VERSION;
	}

	@Override
	public String getInvokedFunctionArn() {
		return this.call.functionArn();
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
		long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.startedNanos);
		return (int) Math.max(0, this.call.function().timeout().toMillis() - spent);
	}

	@Override
	public int getMemoryLimitInMB() {
		return this.call.function().memory();
	}

	@Override
	public LambdaLogger getLogger() {
		return new HandlerLogger();
	}

	/** Logs as this process does. */
	private static final class HandlerLogger implements LambdaLogger {

		@Override
		public void log(String message) {
			LoggerFactory.getLogger("dev.durable.lambda.function").info("{}", message);
		}

		@Override
		public void log(byte[] message) {
			log(new String(message, StandardCharsets.UTF_8));
		}

	}

}
