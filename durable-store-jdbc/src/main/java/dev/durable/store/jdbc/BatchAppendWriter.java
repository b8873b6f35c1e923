package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes a group table by table, in SQL that every database understands.
 *
 * @param rowsTogether whether one statement inserts all rows of a table, because drivers
 * send a batch row by row unless told otherwise; an embedded database prefers batches,
 * whose texts are always the same
 * @param previous selects the position of the event of an execution, at a position, by an
 * invocation
 */
record BatchAppendWriter(boolean rowsTogether, String previous) implements AppendWriter {

	/** Selects it in SQL that every database understands. */
	static final String PREVIOUS = "select previous.position from durable_event previous"
			+ " where previous.execution_id = ? and previous.position = ?" + " and previous.invocation = ?";

	/** As text they may be twice that, and MariaDB takes 16 MiB by default. */
	private static final long TOGETHER_BYTES = 4 << 20;

	private static final Shape<AppendGroup.NewEvent> FIRST = Shape.of(Columns.EVENT);

	private static final List<Column<String>> ID = List.of(Column.text("id", (id) -> id));

	@Override
	public boolean isSingleStatement(AppendGroup group) {
		return isTogether(group) && group.isEventsOnly();
	}

	@Override
	public void write(Connection connection, TablePrefix tables, AppendGroup group) throws SQLException {
		Batches batches = new Batches(connection, tables, isTogether(group));
		// the journal first: it decides whether there is a conflict
		Shape<AppendGroup.NewEvent> following = following();
		batches.insert("durable_event", Columns.EVENT, group.events(),
				(row) -> (row.predecessor() != null) ? following : FIRST);
		batches.insert("durable_execution", Columns.EXECUTION, group.created());
		batches.run(updateStates(), updateColumns(), group.updated());
		batches.insert("durable_callback", Columns.CALLBACK, group.beside().callbacks());
		batches.run("update durable_callback set state = 'CLOSED' where state = 'PENDING' and execution_id = ?", ID,
				group.beside().closed());
		batches.run("delete from durable_signal where id = ?", ID, group.beside().consumed());
		batches.insert("durable_signal", Columns.SIGNAL, group.beside().signals());
	}

	/** Servers cut long statements off; only a payload's own length cannot be helped. */
	private boolean isTogether(AppendGroup group) {
		return this.rowsTogether && (group.events().size() == 1 || group.payloadBytes() <= TOGETHER_BYTES);
	}

	/**
	 * A row whose position is null, which the table refuses, where what it follows is
	 * missing.
	 */
	private Shape<AppendGroup.NewEvent> following() {
		int last = Columns.EVENT.size() - 1;
		List<Column<AppendGroup.NewEvent>> columns = new ArrayList<>(Columns.EVENT.subList(0, last));
		String others = "?, ".repeat(last);
		columns.add(Columns.EVENT.get(0));
		columns.addAll(Columns.PREDECESSOR);
		return new Shape<>("(" + others + "1 + (" + this.previous + "))", columns);
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
	 * How a row is inserted.
	 *
	 * @param text its part of the statement
	 * @param columns what is bound to it
	 */
	private record Shape<R>(String text, List<Column<R>> columns) {

		static <R> Shape<R> of(List<Column<R>> columns) {
			return new Shape<>(columns.stream().map((column) -> "?").collect(Collectors.joining(", ", "(", ")")),
					columns);
		}

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
			Shape<R> shape = Shape.of(columns);
			insert(table, columns, rows, (row) -> shape);
		}

		<R> void insert(String table, List<Column<R>> columns, List<R> rows, Function<R, Shape<R>> shapes)
				throws SQLException {
			String insert = "insert into %s (%s) values ".formatted(table, Column.names(columns));
			if (this.rowsTogether && !rows.isEmpty()) {
				insertTogether(insert, rows, shapes);
				return;
			}
			Map<Shape<R>, List<R>> batches = rows.stream()
				.collect(Collectors.groupingBy(shapes, LinkedHashMap::new, Collectors.toList()));
			for (Map.Entry<Shape<R>, List<R>> batch : batches.entrySet()) {
				run(insert + batch.getKey().text(), batch.getKey().columns(), batch.getValue());
			}
		}

		private <R> void insertTogether(String insert, List<R> rows, Function<R, Shape<R>> shapes) throws SQLException {
			String values = rows.stream().map(shapes).map(Shape::text).collect(Collectors.joining(", "));
			try (PreparedStatement statement = prepare(insert + values)) {
				int bound = 0;
				for (R row : rows) {
					List<Column<R>> columns = shapes.apply(row).columns();
					bind(statement, bound, columns, row);
					bound += columns.size();
				}
				statement.executeUpdate();
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
