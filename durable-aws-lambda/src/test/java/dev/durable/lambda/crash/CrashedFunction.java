package dev.durable.lambda.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.lambda.CheckpointApi;
import dev.durable.lambda.DirectCheckpoints;
import dev.durable.lambda.LambdaEngine;
import dev.durable.store.tck.CrashPrograms;
import dev.durable.store.tck.Probe;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * All programs as one Lambda handler, in a process that is killed now and then. It calls
 * the service as processes on Lambda do by default, directly.
 */
public final class CrashedFunction implements RequestStreamHandler {

	/** The variable that tells where the test listens. */
	static final String WITNESS_PORT = "WITNESS_PORT";

	private final WitnessClient witness = new WitnessClient(Integer.parseInt(System.getenv(WITNESS_PORT)));

	private final LambdaEngine engine = engine(new Probe(this.witness, () -> false));

	private static LambdaEngine engine(Probe probe) {
		List<FunctionDefinition> functions = Stream.of(CrashPrograms.all(), CrashPrograms.invoked())
			.flatMap(Collection::stream)
			.map((program) -> program.function(probe))
			.toList();
		URI endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL_LAMBDA"));
		Supplier<LambdaClient> client = () -> EmulatedLambda.client(endpoint);
		return LambdaEngine.builder(client, new JacksonPayloadCodec())
			.checkpoints(new DirectCheckpoints(
					new DirectCheckpoints.Service(endpoint, "us-east-1", AwsBasicCredentials.create("id", "secret")),
					UrlConnectionHttpClient::create, CheckpointApi.of(client)))
			.functions(() -> functions)
			.build();
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		byte[] event = input.readAllBytes();
		byte[] answer = this.engine.invoke(event, context);
		this.witness.answers(EmulatedLambda.executionOf(event));
		output.write(answer);
	}

}
