package dev.durable.lambda.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.durable.ExecutionId;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.JavaCommand;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs functions in processes of Lambda's runtime interface client for Java. */
final class Processes implements Platform, AutoCloseable {

	/** Others are at work, or starting, while one dies. */
	private static final int AT_ONCE = 4;

	private final Path output;

	private @Nullable WitnessServer witness;

	/**
	 * Create the platform.
	 * @param output the file that processes write to
	 */
	Processes(Path output) {
		this.output = output;
	}

	@Override
	public EmulatedFunction.Code code(EmulatedLambda lambda) {
		WitnessServer started = WitnessServer.start(lambda);
		this.witness = started;
		List<String> java = JavaCommand.of(CrashedFunction.class.getName(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-Xmx128m");
		return new EmulatedFunction.Command(java, Map.of(CrashedFunction.WITNESS_PORT, String.valueOf(started.port())),
				AT_ONCE);
	}

	@Override
	public ProcessBuilder.Redirect output() {
		return ProcessBuilder.Redirect.appendTo(this.output.toFile());
	}

	/** A process that is killed does nothing more by itself. */
	@Override
	public void dies(ExecutionId execution) {
	}

	void check() {
		WitnessServer started = this.witness;
		if (started != null) {
			assertThat(started.violations()).as("Bodies of all runs").isEmpty();
		}
	}

	@Override
	public void close() {
		WitnessServer started = this.witness;
		if (started != null) {
			started.close();
		}
	}

}
