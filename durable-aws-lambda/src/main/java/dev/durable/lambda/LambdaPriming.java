package dev.durable.lambda;

import java.io.ByteArrayInputStream;
import java.net.URI;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Loads what an invocation of a durable function needs: classes, and what the codec
 * prepares.
 * <p>
 * It runs an invocation of a function of its own that takes one step, against a service
 * that is none. Nothing of the application runs, nothing is sent, and no credentials are
 * asked for: a snapshot of the process is taken once and restored many times.
 */
public final class LambdaPriming {

	private static final String ENVELOPE = """
			{"DurableExecutionArn":"arn:aws:lambda:us-east-1:000000000000:function:priming:1/durable-execution/p/p",
			"CheckpointToken":"0","InitialExecutionState":{"Operations":[{"Id":"p","Type":"EXECUTION",
			"Status":"STARTED","StartTimestamp":0,"ExecutionDetails":{"InputPayload":"[\\"priming\\"]"}}]}}""";

	private static final URI NOWHERE = URI.create("http://127.0.0.1");

	private static final Region REGION = Region.US_EAST_1;

	private static final AwsBasicCredentials NOBODY = AwsBasicCredentials.create("none", "none");

	private LambdaPriming() {
	}

	/**
	 * Run the invocation.
	 * @param codec how the application writes payloads
	 * @param errors how it writes errors
	 * @param calls how it calls the service
	 * @return whether everything went as it would in an invocation of the application's
	 */
	public static boolean run(PayloadCodec codec, ErrorCodec errors, Calls calls) {
		LambdaEngine engine = LambdaEngine.builder(LambdaPriming::client, codec)
			.checkpoints(checkpoints(calls))
			.errorCodec(errors)
			.functions(() -> List.of(function()))
			.build();
		byte[] answer = engine.invoke(ENVELOPE.getBytes(StandardCharsets.UTF_8), new NoContext());
		return new String(answer, StandardCharsets.UTF_8).contains("SUCCEEDED");
	}

	private static CheckpointApi checkpoints(Calls calls) {
		CheckpointApi client = CheckpointApi.of(LambdaPriming::client);
		return switch (calls) {
			case CLIENT -> client;
			case DIRECT -> new DirectCheckpoints(new DirectCheckpoints.Service(NOWHERE, REGION.id(), NOBODY),
					NoNetwork::new, client);
		};
	}

	private static LambdaClient client() {
		return LambdaClient.builder()
			.httpClient(new NoNetwork())
			.endpointOverride(NOWHERE)
			.region(REGION)
			.credentialsProvider(StaticCredentialsProvider.create(NOBODY))
			.build();
	}

	private static FunctionDefinition function() {
		return new FunctionDefinition(new FunctionVersion("priming", "1"), List.class, List.class, null, (context,
				input) -> context.step("prime", List.class, (step) -> (List<?>) Objects.requireNonNull(input)));
	}

	/** How the application calls the service. */
	public enum Calls {

		/** As {@link DirectCheckpoints} does. */
		DIRECT,

		/** With a client of the SDK. */
		CLIENT

	}

	/** Takes every checkpoint, and forgets it. */
	private static final class NoNetwork implements SdkHttpClient {

		private static final byte[] ANSWER = "{\"CheckpointToken\":\"0\",\"NewExecutionState\":{\"Operations\":[]}}"
			.getBytes(StandardCharsets.UTF_8);

		@Override
		public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
			return new ExecutableHttpRequest() {

				@Override
				public HttpExecuteResponse call() {
					return HttpExecuteResponse.builder()
						.response(SdkHttpResponse.builder()
							.statusCode(200)
							.putHeader("Content-Type", "application/json")
							.build())
						.responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
						.build();
				}

				@Override
				public void abort() {
					// There is nothing to abort.
				}

			};
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
