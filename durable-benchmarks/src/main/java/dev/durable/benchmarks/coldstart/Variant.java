package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Lambda function to start.
 *
 * @param name what it is called
 * @param handler its handler
 * @param application its application
 * @param durable whether it is a durable function
 * @param environment its variables
 */
record Variant(String name, String handler, String application, boolean durable, Map<String, String> environment) {

	private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

	/** What neither of the functions needs. */
	private static final Pattern OTHER = Pattern
		.compile("h2-|HikariCP|postgres|durable-store-jdbc|durable-lambda-emulator|dynamodb|checker-qual|mariadb");

	/** What only the durable one needs. */
	private static final Pattern OURS = Pattern.compile("durable-(?!benchmarks)|/awssdk/|reactive-streams-1.0.0");

	/** Start the function once, and return how long its first sign of work took. */
	Duration start(List<String> options, boolean exit) throws IOException, InterruptedException {
		try (RuntimeStub stub = new RuntimeStub(this.durable)) {
			ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD);
			builder.environment().putAll(this.environment);
			builder.environment()
				.putAll(Map.of("MAIN_CLASS", this.application, "_HANDLER", this.handler, "AWS_LAMBDA_RUNTIME_API",
						stub.address(), "AWS_LAMBDA_FUNCTION_NAME", "greet", "AWS_LAMBDA_FUNCTION_VERSION", "1",
						"AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "none", "AWS_SECRET_ACCESS_KEY", "none"));
			builder.environment().put("AWS_ENDPOINT_URL_LAMBDA", "http://" + stub.address());
			long began = System.nanoTime();
			Process process = builder.start();
			try {
				return Duration.ofNanos(stub.done().get(2, TimeUnit.MINUTES) - began);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new IllegalStateException("'%s' did not start".formatted(this.name), ex);
			}
			finally {
				end(process, exit);
			}
		}
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
		command.addAll(List.of("-cp", classPath(), RUNTIME, this.handler));
		return command;
	}

	private String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(":"))
			.filter((entry) -> !OTHER.matcher(entry).find())
			.filter((entry) -> this.durable || !OURS.matcher(entry).find())
			.collect(Collectors.joining(":"));
	}

}
