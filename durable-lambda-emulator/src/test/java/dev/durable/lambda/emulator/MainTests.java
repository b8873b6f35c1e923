package dev.durable.lambda.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The one command that users type. */
class MainTests {

	private static final Pattern ENDPOINT = Pattern.compile("durable functions at (http://127\\.0\\.0\\.1:\\d+)");

	@TempDir
	private Path directory;

	@Test
	void commandWhenItIsEndedLeavesNoProcess() throws IOException {
		Path script = Files.writeString(this.directory.resolve("function.sh"), String.join("\n",
				"api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime", "while true; do",
				"id=$(curl -s -D - \"$api/invocation/next\" -o /dev/null | grep -i '^lambda-runtime-aws-request-id'"
						+ " | tr -d '\\r' | cut -d' ' -f2)",
				"curl -s -d '{\"Status\":\"SUCCEEDED\",\"Result\":\"7\"}' \"$api/invocation/$id/response\"", "done"));
		Process process = start("--port", "0", "--function", "order=/bin/sh " + script);
		List<ProcessHandle> children;
		try (BufferedReader output = process.inputReader();
				LambdaClient client = Sdk.client(URI.create(awaitEndpoint(output)))) {
			assertThat(Sdk.invoke(client, "order", "order-1", "1").payload().asUtf8String()).isEqualTo("7");
			children = process.descendants().toList();
			assertThat(children).isNotEmpty();
			process.destroy();
			process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(children).allSatisfy((child) -> {
			child.onExit().orTimeout(60, TimeUnit.SECONDS).join();
			assertThat(child.isAlive()).isFalse();
		});
	}

	@Test
	void commandWhenItIsWrongSaysWhyAndFails() throws IOException {
		assertThat(failed("--port", "1")).startsWith("2: There is no --function. Start with --help");
		assertThat(failed()).startsWith("2: Lambda durable functions on this machine");
		assertThat(failed("--help")).startsWith("0: Lambda durable functions on this machine");
	}

	private static String failed(String... arguments) throws IOException {
		Process process = start(arguments);
		try (BufferedReader output = process.inputReader()) {
			String all = String.join("\n", output.lines().toList());
			return process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue() + ": " + all;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String awaitEndpoint(BufferedReader output) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher matcher = ENDPOINT.matcher(line);
			if (matcher.find()) {
				return matcher.group(1);
			}
		}
		throw new AssertionError("The command told no endpoint");
	}

	private static Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), Main.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

}
