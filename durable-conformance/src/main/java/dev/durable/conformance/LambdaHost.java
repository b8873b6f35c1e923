package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.JavaCommand;
import dev.durable.lambda.emulator.LambdaEmulator;
import tools.jackson.databind.JsonNode;

/**
 * Scenarios on Lambda durable functions: an emulator is the service, and the handlers run
 * in the processes of Lambda's own runtime interface client. Time is real but short.
 */
final class LambdaHost implements Host {

	/** A second is shorter than a requirement's, and longer than an invocation. */
	private static final int SPEED = 20;

	/** Where a function waits for an hour, a second more is none. */
	private static final int FAST = 300;

	/** Most of the time, executions wait. */
	private static final int LANES = 2;

	/** One more than there are lanes: functions invoke others. */
	private static final int MOST_PROCESSES = LANES + 1;

	private static final Duration LONGEST_EXECUTION = Duration.ofHours(12);

	private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

	private final Clock clock = Clock.systemUTC();

	private final AtomicInteger count = new AtomicInteger();

	private final Handlers handlers;

	private final Path directory;

	private final Emulated usual;

	private final Emulated fast;

	LambdaHost(Handlers handlers, Path directory) {
		this.handlers = handlers;
		this.directory = directory;
		this.usual = emulated(SPEED);
		this.fast = emulated(FAST);
	}

	private Emulated emulated(int speed) {
		List<String> names = this.handlers.functions()
			.stream()
			.map((function) -> function.id().name())
			.distinct()
			.toList();
		EmulatedFunction.Command command = new EmulatedFunction.Command(
				JavaCommand.of(LambdaFunction.class.getName(), "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m"),
				Map.of(LambdaFunction.LOGS, this.directory.toAbsolutePath().toString()), MOST_PROCESSES);
		LambdaEmulator emulator = LambdaEmulator.builder()
			.function(EmulatedFunction.of(names, command).withExecutionTimeout(LONGEST_EXECUTION))
			.speed(speed)
			.processOutput(ProcessBuilder.Redirect.appendTo(file("lambda.log").toFile()))
			.start();
		return new Emulated(emulator, new LambdaService(emulator.endpoint()), speed);
	}

	private Path file(String name) {
		try {
			return Files.createDirectories(this.directory).resolve(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public List<JsonNode> run(Scenario scenario, Consumer<JsonNode> logs) {
		LogFile logFile = LogFile.of(this.directory, scenario.function());
		logFile.delete();
		Emulated emulated = this.handlers.waitsLong(scenario.function()) ? this.fast : this.usual;
		LambdaService service = emulated.service();
		String arn = service.start(scenario.function(), scenario.function() + "-" + this.count.incrementAndGet(),
				scenario.input().toString());
		List<JsonNode> events = awaitEnd(service, arn, new CallbackDriver(scenario.at(emulated.speed()).actions()));
		logFile.read().forEach(logs);
		return events;
	}

	@Override
	public int lanes() {
		return LANES;
	}

	private List<JsonNode> awaitEnd(LambdaService service, String arn, CallbackDriver outsider) {
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < PATIENCE) {
			List<JsonNode> events = service.history(arn);
			if (!events.isEmpty() && Outcome.end(events.get(events.size() - 1)) != null) {
				return events;
			}
			if (!outsider.act(service.callbacks(), PendingCallback.shown(events), this.clock.instant())) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
		}
		throw new IllegalStateException(
				"The execution did not end within %d min".formatted(TimeUnit.NANOSECONDS.toMinutes(PATIENCE)));
	}

	@Override
	public void close() {
		this.usual.close();
		this.fast.close();
	}

	/** A service at a pace of its own. */
	private record Emulated(LambdaEmulator emulator, LambdaService service, int speed) implements AutoCloseable {

		@Override
		public void close() {
			this.service.close();
			this.emulator.close();
		}

	}

}
