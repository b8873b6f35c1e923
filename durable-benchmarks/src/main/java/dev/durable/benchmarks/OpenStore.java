package dev.durable.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A new, empty store of one kind.
 *
 * @param store the store
 * @param queries its read side
 * @param resources what is closed with it, in order
 */
record OpenStore(CheckpointStore store, ExecutionQueries queries, List<Closeable> resources) implements Closeable {

	private static final int CONNECTIONS = 16;

	/**
	 * Open a store.
	 * @param kind {@code memory}, {@code h2} (a file) or {@code postgres} (a server
	 * started for this)
	 */
	static OpenStore of(String kind) throws IOException {
		return switch (kind) {
			case "memory" -> {
				MemoryCheckpointStore store = new MemoryCheckpointStore();
				yield new OpenStore(store, store, List.of());
			}
			case "h2" -> {
				Path directory = Files.createTempDirectory("durable-benchmarks");
				JdbcDataSource dataSource = new JdbcDataSource();
				dataSource.setURL("jdbc:h2:async:" + directory.resolve("durable") + ";WRITE_DELAY=0");
				yield jdbc(dataSource, () -> delete(directory));
			}
			case "postgres" -> {
				EmbeddedPostgres server = EmbeddedPostgres.start();
				yield jdbc(server.getPostgresDatabase(), server);
			}
			default -> throw new IllegalArgumentException(
					"Unknown store '%s'; there are memory, h2 and postgres".formatted(kind));
		};
	}

	private static OpenStore jdbc(DataSource dataSource, Closeable database) {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource);
		config.setMaximumPoolSize(CONNECTIONS);
		HikariDataSource pool = new HikariDataSource(config);
		JdbcCheckpointStore store = JdbcCheckpointStore.builder(pool).initializeSchema(true).build();
		return new OpenStore(store, store.queries(), List.of(store::close, pool, database));
	}

	private static void delete(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		for (Closeable resource : this.resources) {
			resource.close();
		}
	}

}
