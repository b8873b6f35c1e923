package dev.durable;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A type with its generic arguments, for results that a class literal cannot name:
 * {@code new TypeRef<List<Order>>() { }}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T extends @Nullable Object> {

	private final Type type;

	/** Capture the type argument of the anonymous subclass. */
	protected TypeRef() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)) {
			throw new IllegalStateException(
					"A TypeRef needs a type argument, as in 'new TypeRef<List<Order>>() { }', but %s has none"
						.formatted(getClass().getName()));
		}
		this.type = captured.getActualTypeArguments()[0];
	}

	private TypeRef(Type type) {
		this.type = Objects.requireNonNull(type, "'type' must not be null");
	}

	/**
	 * Return the reference to a class.
	 * @param <T> the type
	 * @param type the class
	 * @return the reference
	 */
	public static <T extends @Nullable Object> TypeRef<T> of(Class<T> type) {
		return new Known<>(type);
	}

	/**
	 * Return the reference to a reflective type, as a method signature gives it.
	 * @param type the type
	 * @return the reference
	 */
	public static TypeRef<@Nullable Object> of(Type type) {
		return new Known<>(type);
	}

	/**
	 * Return the captured type.
	 * @return the type
	 */
	public final Type type() {
		return this.type;
	}

	@Override
	public final boolean equals(@Nullable Object other) {
		return other instanceof TypeRef<?> that && this.type.equals(that.type);
	}

	@Override
	public final int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public final String toString() {
		return this.type.getTypeName();
	}

	private static final class Known<T extends @Nullable Object> extends TypeRef<T> {

		Known(Type type) {
			super(type);
		}

	}

}
