package dev.durable.store.jdbc;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A column that is written.
 *
 * @param name its name
 * @param kind what it holds
 * @param value takes its value from what a row is made of: text, {@code Long} or bytes,
 * as its kind says
 * @param <R> what a row is made of
 */
record Column<R>(String name, Kind kind, Function<R, @Nullable Object> value) {

	static <R> Column<R> text(String name, Function<R, @Nullable Object> value) {
		return new Column<>(name, Kind.TEXT, value);
	}

	static <R> Column<R> number(String name, Function<R, @Nullable Object> value) {
		return new Column<>(name, Kind.NUMBER, value);
	}

	static <R> Column<R> bytes(String name, Function<R, @Nullable Object> value) {
		return new Column<>(name, Kind.BYTES, value);
	}

	static <R> String names(List<Column<R>> columns) {
		return columns.stream().map(Column::name).collect(Collectors.joining(", "));
	}

	/** What a column holds. */
	enum Kind {

		/** Characters. */
		TEXT,

		/** A whole number of up to 64 bits. */
		NUMBER,

		/** Bytes. */
		BYTES

	}

}
