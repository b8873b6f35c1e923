package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process that runs a scenario whose handler crashes. */
final class HandlerProcess {

	/** The exit code of a process that a handler has crashed. */
	static final int CRASHED = 86;

	private HandlerProcess() {
	}

	/**
	 * Run a scenario to its end, or crash.
	 * @param arguments the file with the {@link Order}
	 */
	public static void main(String[] arguments) {
		Order order = Json.read(Path.of(arguments[0]), Order.class);
		LogFile logFile = new LogFile(Path.of(order.logFile()));
		try (Handlers handlers = new Handlers(); OpenDatabase database = new OpenDatabase(order.url())) {
			ScenarioRun run = new ScenarioRun(order.scenario(), database.time(), handlers.functions(),
					() -> database.process(handlers, () -> Runtime.getRuntime().halt(CRASHED)));
			LogCapture.during(run::toItsEnd, logFile::append);
			Files.writeString(Path.of(order.resultFile()), run.execution().value());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a process is to do.
	 *
	 * @param url the database
	 * @param scenario what to run
	 * @param logFile takes what handlers log, one JSON object a line
	 * @param resultFile takes the execution's id
	 */
	record Order(String url, Scenario scenario, String logFile, String resultFile) {

	}

}
