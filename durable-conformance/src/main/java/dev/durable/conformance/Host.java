package dev.durable.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

/** Where scenarios run: a kind of store, or of service, and the processes on it. */
interface Host extends AutoCloseable {

	/**
	 * Run a scenario to its end, with nothing left of earlier ones.
	 * @param scenario what to run
	 * @param logs takes what the handlers log
	 * @return the execution's history in AWS's shape
	 */
	List<JsonNode> run(Scenario scenario, Consumer<JsonNode> logs);

	/** How many scenarios may run at once; each has its own thread. */
	default int lanes() {
		return 1;
	}

	@Override
	void close();

	/**
	 * Return a host.
	 * @param store {@code memory}, {@code h2}, {@code postgres}, {@code mariadb},
	 * {@code dynamodb} or {@code lambda}
	 * @param handlers the functions
	 * @param directory for files
	 */
	static Host of(String store, Handlers handlers, Path directory) {
		return switch (store) {
			case "memory" -> new MemoryHost(handlers);
			case "h2" -> new DatabaseHost(handlers, new H2Databases(directory), directory);
			case "postgres" -> new DatabaseHost(handlers, new PostgresDatabases(), directory);
			case "mariadb" -> new DatabaseHost(handlers, new MariaDbDatabases(), directory);
			case "dynamodb" -> new DatabaseHost(handlers, new DynamoDbTables(), directory);
			case "lambda" -> new LambdaHost(handlers, directory);
			default -> throw new IllegalArgumentException(
					"'conformance.store' must be h2, postgres, mariadb, dynamodb, lambda or memory but was '%s'"
						.formatted(store));
		};
	}

}
