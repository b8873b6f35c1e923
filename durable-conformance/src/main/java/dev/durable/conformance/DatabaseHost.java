package dev.durable.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import tools.jackson.databind.JsonNode;

/**
 * Scenarios on databases, a new one for each. What crashes its process runs in processes
 * of its own, one after the other, until one does not crash.
 */
final class DatabaseHost implements Host {

	private final Handlers handlers;

	private final Databases databases;

	private final Path directory;

	DatabaseHost(Handlers handlers, Databases databases, Path directory) {
		this.handlers = handlers;
		this.databases = databases;
		this.directory = directory;
	}

	@Override
	public List<JsonNode> run(Scenario scenario, Consumer<JsonNode> logs) {
		String url = this.databases.create(scenario.function());
		if (this.handlers.crashes(scenario.function())) {
			ExecutionId execution = new HandlerProcesses(this.directory).run(url, scenario, logs);
			try (OpenDatabase database = new OpenDatabase(url)) {
				return process(database).shownHistory(execution);
			}
		}
		try (OpenDatabase database = new OpenDatabase(url)) {
			ScenarioRun run = new ScenarioRun(scenario, database.time(), this.handlers.functions(),
					() -> process(database));
			EngineProcess process = LogCapture.during(run::toItsEnd, logs);
			return process.shownHistory(run.execution());
		}
	}

	private EngineProcess process(OpenDatabase database) {
		return database.process(this.handlers, () -> {
			throw new IllegalStateException("A handler that ends its process must be annotated with @CrashesProcess");
		});
	}

	@Override
	public void close() {
		this.databases.close();
	}

}
