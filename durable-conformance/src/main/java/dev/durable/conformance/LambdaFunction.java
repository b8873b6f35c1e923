package dev.durable.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.CheckpointApi;
import dev.durable.lambda.DirectCheckpoints;
import dev.durable.lambda.LambdaEngine;
import dev.durable.lambda.LambdaSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * All handlers behind Lambda's runtime interface client: the Lambda function's name is
 * that of the durable function. It calls the service as processes on Lambda do by
 * default, directly.
 */
public final class LambdaFunction implements RequestStreamHandler {

	/** Names the variable with the directory for logs. */
	static final String LOGS = "CONFORMANCE_LOGS";

	private final LambdaClient client = LambdaClient.create();

	private final Handlers handlers = new Handlers();

	private final LambdaEngine engine = engine(this.client, this.handlers);

	private final Path logs = Path.of(System.getenv(LOGS));

	/** With replay logging, as on other hosts. */
	private static LambdaEngine engine(LambdaClient client, Handlers handlers) {
		LambdaSettings defaults = LambdaSettings.defaults();
		LambdaSettings.Invocations invocations = defaults.invocations();
		JacksonPayloadCodec codec = new JacksonPayloadCodec();
		return LambdaEngine.builder(() -> client, codec)
			.checkpoints(
					new DirectCheckpoints(service(), UrlConnectionHttpClient::create, CheckpointApi.of(() -> client)))
			.functions(handlers::functions)
			.listeners(handlers.listeners())
			.errorCodec(Handlers.errorCodec(codec))
			.settings(defaults.with(new LambdaSettings.Invocations(invocations.drainBefore(),
					invocations.unwindTimeout(), invocations.maxRunning(), invocations.maxParked(), true)))
			.build();
	}

	private static DirectCheckpoints.Service service() {
		return new DirectCheckpoints.Service(URI.create(System.getenv("AWS_ENDPOINT_URL_LAMBDA")),
				System.getenv("AWS_REGION"),
				AwsBasicCredentials.create(System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY")));
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		byte[] envelope = input.readAllBytes();
		String arn = Json.parse(envelope).path("DurableExecutionArn").asString();
		this.handlers.exit().enter(new LambdaProcess(this.client, arn));
		LogFile logFile = LogFile.of(this.logs, function(context.getInvokedFunctionArn()));
		output.write(LogCapture.during(() -> this.engine.invoke(envelope, context), logFile::append));
	}

	/** The seventh part of an ARN; the version follows. */
	private static String function(String arn) {
		return arn.split(":")[6];
	}

}
