package dev.durable.autoconfigure.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.embedded.EmbeddedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose database accepts connections but does not answer. */
class SilentDatabaseTests {

	@Test
	@Timeout(60)
	void applicationWhenTheDatabaseDoesNotAnswerStartsAnyway() {
		SilentDataSource silent = new SilentDataSource();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JdbcStoreAutoConfiguration.class,
					MemoryStoreAutoConfiguration.class, DurableAutoConfiguration.class,
					DurableCodecAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class))
			.withBean(SilentDataSource.class, () -> silent)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isTrue();
				silent.giveUp.countDown();
			});
	}

	/** Keeps whoever asks for a connection waiting. */
	private static final class SilentDataSource extends AbstractDataSource {

		private final CountDownLatch giveUp = new CountDownLatch(1);

		@Override
		public Connection getConnection() throws SQLException {
			try {
				this.giveUp.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SQLException("no answer");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
