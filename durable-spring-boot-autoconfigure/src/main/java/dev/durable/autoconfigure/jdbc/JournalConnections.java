package dev.durable.autoconfigure.jdbc;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.util.ClassUtils;

/**
 * The connections that the journal is written on: a small pool of its own beside the
 * application's, opened on first use. It is no {@code DataSource} bean, so it is injected
 * nowhere by accident.
 *
 * @param dataSource gives the connections
 * @param url where they go to
 * @param release closes what is not the application's
 */
record JournalConnections(DataSource dataSource, JdbcUrl url, Runnable release) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(JournalConnections.class);

	static JournalConnections besides(DataSource application, int connections) {
		if (!canOwnPool()) {
			return shared(application, "HikariCP or spring-boot-jdbc is not on the class path");
		}
		try {
			HikariDataSource pool = OwnPool.besides(application, connections);
			return new JournalConnections(pool, new JdbcUrl(pool.getJdbcUrl()), pool::close);
		}
		catch (RuntimeException ex) {
			return shared(application, "no pool can be derived from %s (%s)".formatted(application.getClass().getName(),
					ex.getClass().getSimpleName()));
		}
	}

	private static boolean canOwnPool() {
		ClassLoader classLoader = JournalConnections.class.getClassLoader();
		return ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", classLoader)
				&& ClassUtils.isPresent("org.springframework.boot.jdbc.DataSourceUnwrapper", classLoader);
	}

	private static JournalConnections shared(DataSource application, String reason) {
		logger.warn("Durable executions share the application's connections because {}. "
				+ "An application that holds all of them while it waits for a durable call then waits for itself: "
				+ "give the pool at least six connections more than the application uses at once.", reason);
		return new JournalConnections(application, new JdbcUrl(null), () -> {
		});
	}

	@Override
	public void close() {
		this.release.run();
	}

	/** Only loaded when HikariCP is there. */
	private static final class OwnPool {

		private OwnPool() {
		}

		static HikariDataSource besides(DataSource application, int connections) {
			HikariDataSource theirs = DataSourceUnwrapper.unwrap(application, HikariConfigMXBean.class,
					HikariDataSource.class);
			HikariDataSource pool = (theirs != null) ? copyOf(theirs)
					: DataSourceBuilder.derivedFrom(application).type(HikariDataSource.class).build();
			String name = (theirs != null && theirs.getPoolName() != null) ? theirs.getPoolName() + "-durable"
					: "durable";
			pool.setPoolName(name);
			pool.setMaximumPoolSize(connections);
			pool.setMinimumIdle(1);
			// The application starts when its database is down.
			pool.setInitializationFailTimeout(-1);
			// Each write of the journal is one statement that commits by itself.
			pool.setAutoCommit(true);
			pool.setReadOnly(false);
			return pool;
		}

		/** Unlike a builder, keeps driver properties, schema and initial SQL. */
		private static HikariDataSource copyOf(HikariDataSource theirs) {
			HikariDataSource pool = new HikariDataSource();
			theirs.copyStateTo(pool);
			return pool;
		}

	}

}
