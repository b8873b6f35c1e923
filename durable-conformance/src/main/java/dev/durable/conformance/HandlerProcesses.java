package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import tools.jackson.databind.JsonNode;

/** Starts processes that run one scenario, until one of them does not crash. */
final class HandlerProcesses {

	private static final int MOST_PROCESSES = 5;

	private static final long SECONDS = 60;

	private final Path directory;

	HandlerProcesses(Path directory) {
		this.directory = directory;
	}

	ExecutionId run(String url, Scenario scenario, Consumer<JsonNode> logs) {
		String order = scenario.function() + "-order.json";
		LogFile logFile = LogFile.of(this.directory, scenario.function());
		Path result = file(scenario, "result.txt");
		Json.write(this.directory, order,
				new HandlerProcess.Order(url, scenario, logFile.file().toString(), result.toString()));
		try {
			logFile.delete();
			Files.deleteIfExists(result);
			for (int number = 1; number <= MOST_PROCESSES; number++) {
				Path output = file(scenario, "process-%d.log".formatted(number));
				int exit = run(this.directory.resolve(order).toAbsolutePath(), output);
				if (exit == 0) {
					logFile.read().forEach(logs);
					return new ExecutionId(Files.readString(result));
				}
				if (exit != HandlerProcess.CRASHED) {
					throw new IllegalStateException("Process %d of scenario '%s' ended with exit code %d: %s"
						.formatted(number, scenario.function(), exit, Files.readString(output)));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException(
				"Scenario '%s' crashed %d processes and has not ended".formatted(scenario.function(), MOST_PROCESSES));
	}

	private Path file(Scenario scenario, String name) {
		return this.directory.resolve(scenario.function() + "-" + name).toAbsolutePath();
	}

	private static int run(Path order, Path output) throws IOException {
		Process process = new ProcessBuilder(OwnCode.command(HandlerProcess.class.getName(), order.toString()))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException(
						"A process did not end within %d s: %s".formatted(SECONDS, Files.readString(output)));
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a process", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
