package dev.durable.store.jdbc;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What MariaDB logs of the statements of a database's sessions, by {@code general_log}.
 *
 * @param jdbc the database
 */
record MariaDbLog(JdbcClient jdbc) {

	private static final String STATEMENTS = """
			select convert(argument using utf8mb4) from mysql.general_log
			where command_type in ('Query', 'Execute') and thread_id in
				(select id from information_schema.processlist where db = database() and id <> connection_id())
			and event_time between
				(select event_time from mysql.general_log where argument = :start limit 1) and
				(select event_time from mysql.general_log where argument = :end limit 1)
			order by event_time""";

	static MariaDbLog of(DataSource database) {
		Databases.execute(database, "set global log_output = 'TABLE'", "set global general_log = on");
		return new MariaDbLog(JdbcClient.create(database));
	}

	/** Return the statements of sessions that are still open, in order. */
	List<String> during(Runnable work) {
		String start = mark();
		work.run();
		String end = mark();
		return this.jdbc.sql(STATEMENTS).param("start", start).param("end", end).query(String.class).list();
	}

	void stop() {
		this.jdbc.sql("set global general_log = off").update();
	}

	private String mark() {
		String mark = "select 'mark " + UUID.randomUUID() + "'";
		this.jdbc.sql(mark).query(String.class).single();
		return mark;
	}

}
