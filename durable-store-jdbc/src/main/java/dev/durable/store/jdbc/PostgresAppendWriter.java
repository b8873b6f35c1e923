package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Writes a group as one statement, whatever it consists of: an insert into the journal,
 * with data-modifying common table expressions for the rest.
 * <p>
 * Each column is one array parameter, so that the few texts do not depend on the size of
 * a group and the server keeps them prepared.
 */
final class PostgresAppendWriter implements AppendWriter {

	private static final String FOLLOWING = "case when added.previous_position is null then added.position else"
			+ " (select previous.position + 1 from durable_event previous"
			+ " where previous.execution_id = added.execution_id and previous.position = added.previous_position"
			+ " and previous.invocation = added.previous_invocation" + " for key share) end";

	private final Map<String, String> texts = new ConcurrentHashMap<>();

	@Override
	public boolean isSingleStatement(AppendGroup group) {
		return true;
	}

	@Override
	public void write(Connection connection, TablePrefix tables, AppendGroup group) throws SQLException {
		Parts parts = parts(group, tables);
		String text = this.texts.computeIfAbsent(tables.value() + parts.key(), (key) -> tables.apply(parts.text()));
		try (PreparedStatement statement = connection.prepareStatement(text)) {
			int index = 1;
			for (Parameter parameter : parts.parameters()) {
				statement.setArray(index++, connection.createArrayOf(parameter.type(), parameter.values()));
			}
			statement.executeUpdate();
		}
	}

	private static Parts parts(AppendGroup group, TablePrefix tables) {
		Parts parts = new Parts();
		AppendGroup.Beside beside = group.beside();
		parts.insert("created", "durable_execution", Columns.EXECUTION, group.created());
		parts.rows("updated", updateStates(), Columns.NEW_STATE, group.updated());
		parts.insert("callbacks", "durable_callback", Columns.CALLBACK, beside.callbacks());
		parts.ids("closed", "update durable_callback set state = 'CLOSED' where state = 'PENDING' and execution_id",
				beside.closed());
		parts.ids("consumed", "delete from durable_signal where id", beside.consumed());
		// a data-modifying expression runs to its end, returning included, read or not
		parts.rows("told", insertInto("durable_signal", Columns.SIGNAL) + " select * from " + unnest(Columns.SIGNAL)
				+ " returning " + notification(tables, "execution_id"), Columns.SIGNAL, beside.signals());
		if (group.events().stream().allMatch((row) -> row.predecessor() == null)) {
			parts.insert("events", "durable_event", Columns.EVENT, group.events());
		}
		else {
			parts.rows("following", insertFollowing(), Columns.EVENT_AND_PREDECESSOR, group.events());
		}
		return parts;
	}

	/** What tells listeners of an execution's signal. */
	static String notification(TablePrefix tables, String execution) {
		return "pg_notify('%s', %s)".formatted(channel(tables), execution);
	}

	/** The channel of the notifications, not quoted. */
	static String channel(TablePrefix tables) {
		return tables.apply("durable_signal");
	}

	private static String updateStates() {
		String assignments = Columns.STATE.stream()
			.map((column) -> "%1$s = changed.%1$s".formatted(column.name()))
			.collect(Collectors.joining(", "));
		return "update durable_execution execution set %s from %s as changed (%s) where execution.id = changed.id"
			.formatted(assignments, unnest(Columns.NEW_STATE), Column.names(Columns.NEW_STATE));
	}

	/**
	 * Where what an event follows is missing, its position is null, which the table
	 * refuses. The lock makes it wait for whoever is just removing what it follows.
	 */
	private static String insertFollowing() {
		String values = Columns.EVENT.stream()
			.map(Column::name)
			.map((name) -> name.equals("position") ? FOLLOWING : "added." + name)
			.collect(Collectors.joining(", "));
		return insertInto("durable_event", Columns.EVENT) + " select %s from %s as added (%s)".formatted(values,
				unnest(Columns.EVENT_AND_PREDECESSOR), Column.names(Columns.EVENT_AND_PREDECESSOR));
	}

	private static <R> String insertInto(String table, List<Column<R>> columns) {
		return "insert into %s (%s)".formatted(table, Column.names(columns));
	}

	private static <R> String unnest(List<Column<R>> columns) {
		return columns.stream()
			.map((column) -> "?::%s[]".formatted(type(column.kind())))
			.collect(Collectors.joining(", ", "unnest(", ")"));
	}

	private static String type(Column.Kind kind) {
		return switch (kind) {
			case TEXT -> "text";
			case NUMBER -> "int8";
			case BYTES -> "bytea";
		};
	}

	private static @Nullable Object[] array(Column.Kind kind, int size) {
		return switch (kind) {
			case TEXT -> new String[size];
			case NUMBER -> new Long[size];
			case BYTES -> new byte[size][];
		};
	}

	/** A statement in the making. */
	private static final class Parts {

		private final List<String> names = new ArrayList<>();

		private final List<String> statements = new ArrayList<>();

		private final List<Parameter> parameters = new ArrayList<>();

		<R> void insert(String name, String table, List<Column<R>> columns, List<R> rows) {
			rows(name, insertInto(table, columns) + " select * from " + unnest(columns), columns, rows);
		}

		<R> void rows(String name, String statement, List<Column<R>> columns, List<R> rows) {
			if (rows.isEmpty()) {
				return;
			}
			this.names.add(name);
			this.statements.add(statement);
			for (Column<R> column : columns) {
				this.parameters.add(Parameter.of(column.kind(), rows, column.value()));
			}
		}

		void ids(String name, String statement, List<String> ids) {
			if (ids.isEmpty()) {
				return;
			}
			this.names.add(name);
			this.statements.add(statement + " = any(?::text[])");
			this.parameters.add(Parameter.of(Column.Kind.TEXT, ids, (id) -> id));
		}

		String key() {
			return String.join(",", this.names);
		}

		String text() {
			int last = this.statements.size() - 1;
			if (last == 0) {
				return this.statements.get(0);
			}
			return IntStream.range(0, last)
				.mapToObj((i) -> "%s as (%s)".formatted(this.names.get(i), this.statements.get(i)))
				.collect(Collectors.joining(", ", "with ", " " + this.statements.get(last)));
		}

		List<Parameter> parameters() {
			return this.parameters;
		}

	}

	/**
	 * An array to bind.
	 *
	 * @param type type of its elements
	 * @param values its elements
	 */
	private record Parameter(String type, @Nullable Object[] values) {

		static <R> Parameter of(Column.Kind kind, List<R> rows, Function<R, @Nullable Object> value) {
			@Nullable Object[] values = array(kind, rows.size());
			for (int i = 0; i < values.length; i++) {
				values[i] = value.apply(rows.get(i));
			}
			return new Parameter(PostgresAppendWriter.type(kind), values);
		}

	}

}
