package dev.durable.autoconfigure.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link JournalConnections}. */
@ExtendWith(OutputCaptureExtension.class)
class JournalConnectionsTests {

	@Test
	void connectionsWhenTheApplicationHasAHikariPoolAreACopyWithItsOwnSize() {
		try (HikariDataSource theirs = new HikariDataSource()) {
			theirs.setJdbcUrl("jdbc:h2:mem:journal-copy");
			theirs.setUsername("sa");
			theirs.setSchema("PUBLIC");
			theirs.setAutoCommit(false);
			theirs.setPoolName("orders");
			theirs.addDataSourceProperty("reWriteBatchedInserts", "true");
			try (JournalConnections journal = JournalConnections.besides(theirs, 3)) {
				HikariDataSource own = (HikariDataSource) journal.dataSource();
				assertThat(own).isNotSameAs(theirs);
				assertThat(own.getJdbcUrl()).isEqualTo("jdbc:h2:mem:journal-copy");
				assertThat(own.getSchema()).isEqualTo("PUBLIC");
				assertThat(own.getDataSourceProperties()).containsKey("reWriteBatchedInserts");
				assertThat(own.getPoolName()).isEqualTo("orders-durable");
				assertThat(own.getMaximumPoolSize()).isEqualTo(3);
				assertThat(own.isAutoCommit()).isTrue();
				assertThat(theirs.isAutoCommit()).isFalse();
				assertThat(theirs.getMaximumPoolSize()).isNotEqualTo(3);
			}
		}
	}

	@Test
	void connectionsWhenThePoolIsWrappedAreDerivedFromTheInnermost() {
		try (HikariDataSource theirs = new HikariDataSource()) {
			theirs.setJdbcUrl("jdbc:h2:mem:journal-wrapped");
			try (JournalConnections journal = JournalConnections.besides(new DelegatingDataSource(theirs), 4)) {
				assertThat(journal.dataSource()).isInstanceOf(HikariDataSource.class).isNotSameAs(theirs);
			}
		}
	}

	@Test
	void connectionsWhenTheApplicationHasNoPoolAreAPoolOfTheirOwn() throws Exception {
		DataSource theirs = new SimpleDriverDataSource(new org.h2.Driver(), "jdbc:h2:mem:journal-simple", "sa", "");
		try (JournalConnections journal = JournalConnections.besides(theirs, 4);
				Connection connection = journal.dataSource().getConnection()) {
			assertThat(journal.dataSource()).isInstanceOf(HikariDataSource.class);
			assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:journal-simple");
		}
	}

	@Test
	void connectionsWhenTheirPoolIsUsedLeaveItUnstarted() {
		try (HikariDataSource theirs = new HikariDataSource()) {
			theirs.setJdbcUrl("jdbc:h2:mem:journal-lazy");
			try (JournalConnections journal = JournalConnections.besides(theirs, 4)) {
				assertThat(theirs.isRunning()).isFalse();
				assertThat(((HikariDataSource) journal.dataSource()).isRunning()).isFalse();
			}
		}
	}

	@Test
	void connectionsWhenNoneCanBeDerivedAreTheApplicationsAndWarn(CapturedOutput output) {
		DataSource theirs = new UnknownDataSource();
		try (JournalConnections journal = JournalConnections.besides(theirs, 4)) {
			assertThat(journal.dataSource()).isSameAs(theirs);
			assertThat(output)
				.contains("Durable executions share the application's connections because no pool can be derived from "
						+ UnknownDataSource.class.getName());
		}
	}

	@Test
	void closeWhenThePoolIsItsOwnClosesItOnly() {
		try (HikariDataSource theirs = new HikariDataSource()) {
			theirs.setJdbcUrl("jdbc:h2:mem:journal-close");
			JournalConnections journal = JournalConnections.besides(theirs, 4);
			journal.close();
			assertThat(((HikariDataSource) journal.dataSource()).isClosed()).isTrue();
			assertThat(theirs.isClosed()).isFalse();
		}
	}

	/** A data source of a kind that nobody can know. */
	private static final class UnknownDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("not asked for in these tests");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
