package dev.durable.lambda;

import java.nio.charset.StandardCharsets;

import com.amazonaws.services.lambda.runtime.Context;

/** Runs the invocations of Lambda durable functions. */
public final class LambdaEngine {

	private LambdaEngine() {
	}

	public static boolean isEnvelope(byte[] event) {
		String text = new String(event, StandardCharsets.UTF_8);
		return text.contains("\"DurableExecutionArn\"") && text.contains("\"CheckpointToken\"");
	}

	public byte[] invoke(byte[] event, Context context) {
		throw new IllegalStateException();
	}

}
