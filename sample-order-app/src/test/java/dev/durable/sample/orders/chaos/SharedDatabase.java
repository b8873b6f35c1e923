package dev.durable.sample.orders.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import dev.durable.sample.orders.MariaDbServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The database server that the processes share.
 *
 * @param properties what a process must be told to use it
 * @param server the server
 */
record SharedDatabase(List<String> properties, Closeable server) implements Closeable {

	/** Start a server of a kind: {@code postgres} or {@code mariadb}. */
	static SharedDatabase start(String kind) {
		return switch (kind) {
			case "postgres" -> postgres();
			case "mariadb" -> mariaDb();
			default -> throw new IllegalArgumentException(
					"'--database' must be postgres or mariadb but was '%s'".formatted(kind));
		};
	}

	private static SharedDatabase postgres() {
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("listen_addresses", "127.0.0.1")
				.start();
			return new SharedDatabase(properties("postgres",
					"jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()), "postgres"), server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SharedDatabase mariaDb() {
		MariaDbServer server = new MariaDbServer();
		return new SharedDatabase(properties("mariadb", server.freshDatabase(), "root"), server);
	}

	private static List<String> properties(String profile, String url, String user) {
		return List.of("--spring.profiles.active=" + profile, "--spring.datasource.url=" + url,
				"--spring.datasource.username=" + user);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
