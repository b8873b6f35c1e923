package dev.durable.sample.orders;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCrashEverywhereTests extends CrashEverywhereContract {

	private static EmbeddedPostgres postgres;

	private static int databases;

	@BeforeAll
	static void startPostgres() throws IOException {
		postgres = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
	}

	@AfterAll
	static void stopPostgres() throws IOException {
		postgres.close();
	}

	@Override
	Storage freshStorage() {
		String name = "life_" + ++databases;
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return Storage.database("jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(postgres.getPort(), name));
	}

}
