package dev.durable.sample.orders.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.durable.dynamodb.local.DynamoDbLocalServer;
import dev.durable.sample.orders.MariaDbServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The database servers that the processes share.
 *
 * @param properties what a process must be told to use them
 * @param transactional whether steps commit together with their records
 * @param servers the servers
 */
record SharedDatabase(List<String> properties, boolean transactional, List<Closeable> servers) implements Closeable {

	/**
	 * Start servers of a kind: {@code postgres}, {@code mariadb}, or {@code dynamodb} for
	 * executions in DynamoDB and orders in PostgreSQL.
	 */
	static SharedDatabase start(String kind) {
		return switch (kind) {
			case "postgres" -> postgres("postgres");
			case "mariadb" -> mariaDb();
			case "dynamodb" -> dynamoDb();
			default -> throw new IllegalArgumentException(
					"'--database' must be postgres, mariadb or dynamodb but was '%s'".formatted(kind));
		};
	}

	private static SharedDatabase postgres(String profiles) {
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("listen_addresses", "127.0.0.1")
				.start();
			return new SharedDatabase(properties(profiles,
					"jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()), "postgres"), true,
					List.of(server));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SharedDatabase mariaDb() {
		MariaDbServer server = new MariaDbServer();
		return new SharedDatabase(properties("mariadb", server.freshDatabase(), "root"), true, List.of(server));
	}

	private static SharedDatabase dynamoDb() {
		SharedDatabase postgres = postgres("postgres,dynamodb");
		DynamoDbLocalServer server = DynamoDbLocalServer.inMemory();
		List<String> properties = new ArrayList<>(postgres.properties());
		properties.add("--durable.store.dynamodb.endpoint=" + server.endpoint());
		return new SharedDatabase(List.copyOf(properties), false, List.of(server::close, postgres));
	}

	private static List<String> properties(String profiles, String url, String user) {
		return List.of("--spring.profiles.active=" + profiles, "--spring.datasource.url=" + url,
				"--spring.datasource.username=" + user);
	}

	/**
	 * Whether the application may run as it was processed ahead of time, which settles
	 * the kind of store when it is built.
	 */
	boolean aot() {
		return this.transactional;
	}

	@Override
	public void close() throws IOException {
		for (Closeable server : this.servers) {
			server.close();
		}
	}

}
