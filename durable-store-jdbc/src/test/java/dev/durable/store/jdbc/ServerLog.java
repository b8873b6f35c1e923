package dev.durable.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;

/**
 * What PostgreSQL logs of a database's statements, by {@code log_statement=all}.
 *
 * @param database the database
 * @param name its name
 */
record ServerLog(DataSource database, String name) {

	static ServerLog of(DataSource database) {
		String name = Databases.queryText(database, "select current_database()");
		Databases.execute(database, "alter database " + name + " set log_statement = 'all'");
		return new ServerLog(database, name);
	}

	/** Return the statements that were executed between two points, in order. */
	List<String> during(Runnable work) {
		String start = mark();
		work.run();
		String end = mark();
		return Awaitility.await().until(() -> statements(start, end), (lines) -> !lines.isEmpty()).get(0);
	}

	private String mark() {
		String mark = "mark " + UUID.randomUUID();
		Databases.execute(this.database, "select '" + mark + "'");
		return mark;
	}

	/** The statements in a list of their own, or nothing if the log is not there yet. */
	private List<List<String>> statements(String start, String end) throws IOException {
		List<String> lines = Files.readAllLines(PostgresServer.log());
		int from = indexOf(lines, start);
		int to = indexOf(lines, end);
		if (from < 0 || to < 0) {
			return List.of();
		}
		return List.of(lines.subList(from + 1, to).stream().flatMap(this::statement).toList());
	}

	private Stream<String> statement(String line) {
		String prefix = "[" + this.name + "]LOG:  ";
		if (!line.startsWith(prefix) || !line.contains("statement: ") && !line.contains("execute ")) {
			return Stream.empty();
		}
		return Stream.of(line.substring(line.indexOf(": ", prefix.length()) + 2));
	}

	private static int indexOf(List<String> lines, String text) {
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).contains(text)) {
				return i;
			}
		}
		return -1;
	}

}
