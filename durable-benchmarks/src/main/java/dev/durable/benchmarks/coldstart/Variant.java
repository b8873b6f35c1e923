package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A Lambda function to start.
 *
 * @param name what it is called
 * @param application its application
 * @param input what it is invoked with, as JSON
 * @param durable whether it is a durable function
 * @param classPath its class path
 * @param environment its variables
 */
record Variant(String name, String application, String input, boolean durable, List<Path> classPath,
		Map<String, String> environment) {

	private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

	/** Start the function once, and return how long its first sign of work took. */
	Duration start(List<String> options, boolean exit) throws IOException, InterruptedException {
		try (RuntimeStub stub = new RuntimeStub(this.input, this.durable)) {
			Path output = Files.createTempFile("cold-start", ".log");
			ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			prepare(builder.environment(), stub.address());
			long began = System.nanoTime();
			Process process = builder.start();
			try {
				Duration taken = Duration.ofNanos(stub.done().get(2, TimeUnit.MINUTES) - began);
				Files.delete(output);
				return taken;
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new IllegalStateException("'%s' did not start; see %s".formatted(this.name, output), ex);
			}
			finally {
				end(process, exit);
			}
		}
	}

	/** Lambda has variables of its own only. */
	private void prepare(Map<String, String> variables, String address) {
		variables.keySet().removeIf((variable) -> variable.startsWith("AWS_"));
		variables.putAll(this.environment);
		variables.putAll(Map.of("MAIN_CLASS", this.application, "_HANDLER", handler(), "AWS_LAMBDA_RUNTIME_API",
				address, "AWS_LAMBDA_FUNCTION_NAME", "greet", "AWS_LAMBDA_FUNCTION_VERSION", "1", "AWS_REGION",
				"us-east-1", "AWS_ACCESS_KEY_ID", "none", "AWS_SECRET_ACCESS_KEY", "none", "AWS_ENDPOINT_URL_LAMBDA",
				"http://" + address));
	}

	private String handler() {
		return this.durable ? "dev.durable.lambda.DurableFunctionInvoker"
				: "org.springframework.cloud.function.adapter.aws.FunctionInvoker";
	}

	/** An archive of classes is written on an orderly exit. */
	private static void end(Process process, boolean exit) throws InterruptedException {
		if (exit) {
			process.destroy();
			process.waitFor(2, TimeUnit.MINUTES);
		}
		process.destroyForcibly().waitFor();
	}

	private List<String> command(List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
		command.addAll(options);
		command.addAll(List.of("-cp", this.classPath.stream().map(Path::toString).collect(Collectors.joining(":")),
				RUNTIME, handler()));
		return command;
	}

}
