package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.durable.FunctionVersion;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;

/**
 * Loads what an invocation of a durable function needs, before a snapshot of the process
 * is taken: classes, and what the codec prepares.
 * <p>
 * It runs an invocation of a function of its own that takes one step, against a service
 * that is none. Nothing of the application runs, nothing is sent, and no credentials are
 * asked for: a snapshot is taken once and restored many times.
 */
public final class LambdaPriming {

	private static final String ENVELOPE = """
			{"DurableExecutionArn":"arn:aws:lambda:us-east-1:000000000000:function:priming:1/durable-execution/p/p",
			"CheckpointToken":"0","InitialExecutionState":{"Operations":[{"Id":"p","Type":"EXECUTION",
			"Status":"STARTED","StartTimestamp":0,"ExecutionDetails":{"InputPayload":"[\\"priming\\"]"}}]}}""";

	private LambdaPriming() {
	}

	/**
	 * Run the invocation.
	 * @param codec how the application writes payloads
	 * @param errors how it writes errors
	 * @return whether everything went as it would in an invocation of the application's
	 */
	public static boolean run(PayloadCodec codec, ErrorCodec errors) {
		LambdaEngine engine = LambdaEngine.builder(NoService::new, codec)
			.errorCodec(errors)
			.functions(() -> List.of(function()))
			.build();
		byte[] answer = engine.invoke(ENVELOPE.getBytes(StandardCharsets.UTF_8), new NoContext());
		return new String(answer, StandardCharsets.UTF_8).contains("SUCCEEDED");
	}

	private static FunctionDefinition function() {
		return new FunctionDefinition(new FunctionVersion("priming", "1"), List.class, List.class, null, (context,
				input) -> context.step("prime", List.class, (step) -> (List<?>) Objects.requireNonNull(input)));
	}

	/** Takes every checkpoint, and forgets it. */
	private static final class NoService implements LambdaClient {

		@Override
		public CheckpointDurableExecutionResponse checkpointDurableExecution(
				CheckpointDurableExecutionRequest request) {
			return CheckpointDurableExecutionResponse.builder()
				.checkpointToken(request.checkpointToken() + "0")
				.newExecutionState((state) -> state.operations(List.of()))
				.build();
		}

		@Override
		public String serviceName() {
			return "none";
		}

		@Override
		public void close() {
			// There is nothing to close.
		}

	}

	/** An invocation that has a minute. */
	private static final class NoContext implements Context {

		private static final int MINUTE = 60_000;

		@Override
		public String getAwsRequestId() {
			return "priming";
		}

		@Override
		public String getLogGroupName() {
			return "";
		}

		@Override
		public String getLogStreamName() {
			return "";
		}

		@Override
		public String getFunctionName() {
			return "priming";
		}

		@Override
		public String getFunctionVersion() {
			return "1";
		}

		@Override
		public String getInvokedFunctionArn() {
			return "";
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
			return MINUTE;
		}

		@Override
		public int getMemoryLimitInMB() {
			return 0;
		}

		@Override
		public @Nullable LambdaLogger getLogger() {
			return null;
		}

	}

}
