package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import dev.durable.store.Append;
import org.jspecify.annotations.Nullable;

/** Writes a group as one batch per table, in SQL that every database understands. */
final class BatchAppendWriter implements AppendWriter {

	private static final List<Column<String>> ID = List.of(Column.text("id", (id) -> id));

	@Override
	public boolean isSingleStatement() {
		return false;
	}

	@Override
	public void write(Connection connection, TablePrefix tables, List<Append> appends) throws SQLException {
		AppendGroup group = AppendGroup.of(appends);
		Batches batches = new Batches(connection, tables);
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
	 */
	private record Batches(Connection connection, TablePrefix tables) {

		<R> void insert(String table, List<Column<R>> columns, List<R> rows) throws SQLException {
			String markers = String.join(", ", Collections.nCopies(columns.size(), "?"));
			run("insert into %s (%s) values (%s)".formatted(table, Column.names(columns), markers), columns, rows);
		}

		<R> void run(String sql, List<Column<R>> columns, List<R> rows) throws SQLException {
			if (rows.isEmpty()) {
				return;
			}
			try (PreparedStatement statement = this.connection.prepareStatement(this.tables.apply(sql))) {
				for (R row : rows) {
					for (int i = 0; i < columns.size(); i++) {
						bind(statement, i + 1, columns.get(i).kind(), columns.get(i).value().apply(row));
					}
					statement.addBatch();
				}
				statement.executeBatch();
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
