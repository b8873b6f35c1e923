package dev.durable.lambda.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions in processes, with Lambda's real runtime interface client for Java. */
class ProcessTests {

	@TempDir
	private Path directory;

	@Test
	void functionWhenItRunsInRealProcessesIsServedAndSurvivesTheirDeath() {
		AtomicInteger killed = new AtomicInteger();
		CheckpointListener killer = new CheckpointListener() {

			@Override
			public void received(CheckpointCall call) {
				if (call.number() == 2 && killed.getAndIncrement() == 0) {
					call.caller().kill();
				}
			}

			@Override
			public void recorded(CheckpointCall call) {
				if (call.number() == 7 && killed.getAndIncrement() == 1) {
					call.caller().kill();
				}
			}

		};
		List<ProcessHandle> processes;
		try (LambdaEmulator emulator = builder().checkpoints(killer)
			.invocationRetries(5, Duration.ZERO)
			.function(
					EmulatedFunction
						.of("order",
								JavaCommand.of(OrderFunction.class.getName(), "-Xshare:auto",
										"-XX:TieredStopAtLevel=1"))
						.withExecutionTimeout(Duration.ofDays(1)))
			.start(); LambdaClient client = Sdk.client(emulator.endpoint())) {
			GetDurableExecutionResponse ended = Sdk.awaitEnd(client,
					Sdk.start(client, "order", "order-1", "\"approved\""));
			assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
			assertThat(ended.result()).isEqualTo("\"charged, waited, approved\"");
			assertThat(killed).hasValue(2);
			assertThat(errors(client, ended.durableExecutionArn())).extracting(ErrorObject::errorType)
				.containsExactly("Runtime.ExitError", "Runtime.ExitError");
			processes = ProcessHandle.current().descendants().toList();
			assertThat(processes).isNotEmpty();
		}
		assertThat(processes).allSatisfy((process) -> {
			process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
			assertThat(process.isAlive()).isFalse();
		});
	}

	@Test
	void processesWhenTheyStartAtTheSameTimeUseOneNativeLibrary() {
		List<String> first = JavaCommand.of("order.Handler::handle", "-Xmx64m");
		List<String> second = JavaCommand.of("other.Handler");
		assertThat(first).startsWith(second.get(0), "-Xmx64m").endsWith("order.Handler::handle");
		assertThat(first.get(2)).isEqualTo(second.get(1)).contains("NativeClient.JNI=");
		assertThat(Path.of(first.get(2).substring(first.get(2).indexOf('=') + 1))).isNotEmptyFile();
	}

	@Test
	void functionWhenItsProcessEndsAtOnceHasFailed() throws IOException {
		Path script = script("exit 3");
		GetDurableExecutionResponse failed = run(EmulatedFunction.of("order", List.of("/bin/sh", script.toString())));
		assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
		assertThat(failed.error().errorType()).isEqualTo("Runtime.ExitError");
		assertThat(failed.error().errorMessage()).endsWith("Runtime exited with error: exit status 3");
	}

	@Test
	void functionWhenItsProgramIsMissingHasFailed() {
		GetDurableExecutionResponse failed = run(EmulatedFunction.of("order", List.of("/nonexistent/program")));
		assertThat(failed.error().errorType()).isEqualTo("Runtime.InvalidEntrypoint");
		assertThat(failed.error().errorMessage()).contains("The program '/nonexistent/program' cannot be started");
	}

	@Test
	void functionWhenItsProcessIsTooSlowIsKilledWithAllThatItStarted() throws IOException {
		// asks for an invocation, then hangs in a process of its own
		Path script = script("curl -s \"http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next\" >/dev/null",
				"cat /dev/zero > /dev/null");
		GetDurableExecutionResponse failed = run(
				EmulatedFunction.of("order", List.of("/bin/sh", script.toString())).withTimeout(Duration.ofSeconds(1)));
		assertThat(failed.error().errorType()).isEqualTo("Sandbox.Timedout");
		assertThat(failed.error().errorMessage()).endsWith("Task timed out after 1.00 seconds");
		// Killed is not gone yet
		assertThat(ProcessHandle.current().descendants())
			.allSatisfy((process) -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
	}

	@Test
	void functionWhenItSpeaksTheRuntimeApiIsToldWhatLambdaTells() throws IOException {
		// Serves one invocation and then writes no file: it may outlive the directory
		Path script = script("api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime",
				"curl -s -D \"$0.head\" \"$api/invocation/next\" > \"$0.event\"",
				"id=$(grep -i '^lambda-runtime-aws-request-id' \"$0.head\" | tr -d '\\r' | cut -d' ' -f2)",
				"curl -s -d \"{\\\"Status\\\":\\\"SUCCEEDED\\\",\\\"Result\\\":\\\"$AWS_LAMBDA_FUNCTION_NAME $GREETING $AWS_ACCESS_KEY_ID $_HANDLER\\\"}\""
						+ " \"$api/invocation/$id/response\"",
				"exec sleep 60");
		GetDurableExecutionResponse ended = run(EmulatedFunction.of(List.of("order", "other"),
				new EmulatedFunction.Command(List.of("/bin/sh", script.toString(), "my.Handler"), Map.of(), 1)
					.withVariable("GREETING", "hello")));
		assertThat(ended.result()).isEqualTo("order hello emulator my.Handler");
		assertThat(Files.readString(Path.of(script + ".head")).toLowerCase(Locale.ROOT)).contains(
				"lambda-runtime-deadline-ms: ", "lambda-runtime-trace-id: ",
				"lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:000000000000:function:order:1");
		assertThat(Files.readString(Path.of(script + ".event"))).contains("DurableExecutionArn");
	}

	@Test
	void functionWhenItCannotStartTellsWhy() throws IOException {
		Path script = script("curl -s -d '{\"errorType\":\"NoHandler\",\"errorMessage\":\"not there\"}'"
				+ " \"http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/init/error\"", "exit 1");
		GetDurableExecutionResponse failed = run(EmulatedFunction.of("order", List.of("/bin/sh", script.toString())));
		assertThat(failed.error().errorType()).isEqualTo("NoHandler");
		assertThat(failed.error().errorMessage()).isEqualTo("not there");
	}

	@Test
	void functionWhenItReportsAnErrorHasFailed() throws IOException {
		Path script = script("api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime", "while true; do",
				"id=$(curl -s -D - \"$api/invocation/next\" -o /dev/null | grep -i '^lambda-runtime-aws-request-id'"
						+ " | tr -d '\\r' | cut -d' ' -f2)",
				"curl -s -d '{\"errorType\":\"Broke\",\"errorMessage\":\"no money\",\"stackTrace\":[\"here\"]}'"
						+ " \"$api/invocation/$id/error\"",
				"done");
		GetDurableExecutionResponse failed = run(EmulatedFunction.of("order", List.of("/bin/sh", script.toString())));
		assertThat(failed.error())
			.isEqualTo(ErrorObject.builder().errorType("Broke").errorMessage("no money").stackTrace("here").build());
	}

	private GetDurableExecutionResponse run(EmulatedFunction function) {
		try (LambdaEmulator emulator = builder().function(function.withExecutionTimeout(Duration.ofDays(1)))
			.invocationRetries(2, Duration.ZERO)
			.start(); LambdaClient client = Sdk.client(emulator.endpoint())) {
			return Sdk.awaitEnd(client, Sdk.start(client, "order", "order-1", "1"));
		}
	}

	private static List<ErrorObject> errors(LambdaClient client, String arn) {
		return client.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn))
			.events()
			.stream()
			.filter((event) -> event.eventType() == EventType.INVOCATION_COMPLETED
					&& event.invocationCompletedDetails().error() != null)
			.map((event) -> event.invocationCompletedDetails().error().payload())
			.toList();
	}

	private LambdaEmulator.Builder builder() {
		return LambdaEmulator.builder()
			.speed(100)
			.processOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("output").toFile()));
	}

	private Path script(String... lines) throws IOException {
		return Files.writeString(this.directory.resolve("function.sh"), String.join("\n", lines));
	}

}
