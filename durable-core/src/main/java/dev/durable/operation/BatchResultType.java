package dev.durable.operation;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import dev.durable.BatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The type {@code BatchResult<item>}, for codecs.
 *
 * @param item the type of one item's result
 */
record BatchResultType(Type item) implements ParameterizedType {

	@Override
	public Type[] getActualTypeArguments() {
		return new Type[] { this.item };
	}

	@Override
	public Type getRawType() {
		return BatchResult.class;
	}

	@Override
	public @Nullable Type getOwnerType() {
		return null;
	}

}
