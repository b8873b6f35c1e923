package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes a group table by table, in SQL that every database understands.
 *
 * @param rowsTogether whether one statement inserts all rows of a table, because drivers
 * send a batch row by row unless told otherwise; an embedded database prefers batches,
 * whose texts are always the same
 */
record BatchAppendWriter(boolean rowsTogether) implements AppendWriter {

	private static final List<Column<String>> ID = List.of(Column.text("id", (id) -> id));

	@Override
	public boolean isSingleStatement(AppendGroup group) {
		return this.rowsTogether && group.isEventsOnly();
	}

	@Override
	public void write(Connection connection, TablePrefix tables, AppendGroup group) throws SQLException {
		Batches batches = new Batches(connection, tables, this.rowsTogether);
		// the journal first: it decides whether there is a conflict
		batches.insert("durable_event", Columns.EVENT, group.events());
		batches.insert("durable_execution", Columns.EXECUTION, group.created());
		batches.run(updateStates(), updateColumns(), group.updated());
		batches.insert("durable_callback", Columns.CALLBACK, group.beside().callbacks());
		batches.run("update durable_callback set state = 'CLOSED' where state = 'PENDING' and execution_id = ?", ID,
				group.beside().closed());
		batches.run("delete from durable_signal where id = ?", ID, group.beside().consumed());
		batches.insert("durable_signal", Columns.SIGNAL, group.beside().signals());
	}

	private static String updateStates() {
		return Columns.STATE.stream()
			.map((column) -> column.name() + " = ?")
			.collect(Collectors.joining(", ", "update durable_execution set ", " where id = ?"));
	}

	private static List<Column<AppendGroup.NewState>> updateColumns() {
		List<Column<AppendGroup.NewState>> columns = new ArrayList<>(Columns.NEW_STATE);
		Collections.rotate(columns, -1); // the id comes last
		return columns;
	}

	/**
	 * Runs batches on a connection.
	 *
	 * @param connection where
	 * @param tables what the tables are called
	 * @param rowsTogether whether an insert has all its rows
	 */
	private record Batches(Connection connection, TablePrefix tables, boolean rowsTogether) {

		<R> void insert(String table, List<Column<R>> columns, List<R> rows) throws SQLException {
			String row = columns.stream().map((column) -> "?").collect(Collectors.joining(", ", "(", ")"));
			String insert = "insert into %s (%s) values ".formatted(table, Column.names(columns));
			if (!this.rowsTogether) {
				run(insert + row, columns, rows);
			}
			else if (!rows.isEmpty()) {
				try (PreparedStatement statement = prepare(
						insert + String.join(", ", Collections.nCopies(rows.size(), row)))) {
					for (int i = 0; i < rows.size(); i++) {
						bind(statement, i * columns.size(), columns, rows.get(i));
					}
					statement.executeUpdate();
				}
			}
		}

		<R> void run(String sql, List<Column<R>> columns, List<R> rows) throws SQLException {
			if (rows.isEmpty()) {
				return;
			}
			try (PreparedStatement statement = prepare(sql)) {
				for (R row : rows) {
					bind(statement, 0, columns, row);
					statement.addBatch();
				}
				statement.executeBatch();
			}
		}

		private PreparedStatement prepare(String sql) throws SQLException {
			return this.connection.prepareStatement(this.tables.apply(sql));
		}

		private static <R> void bind(PreparedStatement statement, int offset, List<Column<R>> columns, R row)
				throws SQLException {
			for (int i = 0; i < columns.size(); i++) {
				bind(statement, offset + i + 1, columns.get(i).kind(), columns.get(i).value().apply(row));
			}
		}

		private static void bind(PreparedStatement statement, int index, Column.Kind kind, @Nullable Object value)
				throws SQLException {
			int type = switch (kind) {
				case TEXT -> Types.VARCHAR;
				case NUMBER -> Types.BIGINT;
				case BYTES -> Types.VARBINARY;
			};
			if (value == null) {
				statement.setNull(index, type);
			}
			else {
				statement.setObject(index, value, type);
			}
		}

	}

}
