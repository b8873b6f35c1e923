package dev.durable.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases and pools for tests. */
final class Databases {

	private Databases() {
	}

	/** An empty database of each kind. */
	static Stream<DataSource> each() {
		return Stream.of(h2Memory(), PostgresServer.freshDatabase(), MariaDbServer.freshDatabase());
	}

	static DataSource h2Memory() {
		return h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
	}

	static DataSource h2File(Path directory) {
		return h2("async:" + directory.resolve("durable").toAbsolutePath());
	}

	static DataSource h2(String location) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:" + location);
		return dataSource;
	}

	static HikariDataSource pool(DataSource dataSource, int size) {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource);
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(1);
		config.setConnectionTimeout(20_000);
		return new HikariDataSource(config);
	}

	static void execute(DataSource dataSource, String... statements) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String queryText(DataSource dataSource, String sql) {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Empty the store's tables, if it has created them. */
	static void clear(DataSource dataSource) {
		execute(dataSource, "delete from durable_event", "delete from durable_execution",
				"delete from durable_callback", "delete from durable_signal", "delete from durable_node");
	}

}
