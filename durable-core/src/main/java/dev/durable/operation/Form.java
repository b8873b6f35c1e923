package dev.durable.operation;

import java.util.function.Function;

import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one operation are recorded.
 *
 * @param <T> the values
 */
interface Form<T extends @Nullable Object> {

	/**
	 * Encode a value of any size that can also be read back: what cannot must fail on the
	 * first run.
	 * @throws dev.durable.codec.PayloadCodecException if it cannot
	 */
	Payload encodeUnbounded(T value);

	/**
	 * Decode a value.
	 * @throws dev.durable.codec.PayloadCodecException if it cannot be read
	 */
	T decode(@Nullable Payload payload);

	/**
	 * Decode what an earlier invocation recorded: if that fails now, the code has
	 * changed.
	 */
	T replay(OperationState recorded);

	/** Return the form of values that are recorded as others are. */
	default <S extends @Nullable Object> Form<S> map(Function<? super S, ? extends T> to,
			Function<? super T, ? extends S> from) {
		return new Form<>() {

			@Override
			public Payload encodeUnbounded(S value) {
				return Form.this.encodeUnbounded(to.apply(value));
			}

			@Override
			public S decode(@Nullable Payload payload) {
				return from.apply(Form.this.decode(payload));
			}

			@Override
			public S replay(OperationState recorded) {
				return from.apply(Form.this.replay(recorded));
			}

		};
	}

}
