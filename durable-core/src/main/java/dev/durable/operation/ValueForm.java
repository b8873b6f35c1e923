package dev.durable.operation;

import java.lang.reflect.Type;

import dev.durable.ValueCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one operation are recorded: by a codec of its own, or by the host's.
 *
 * @param <T> the values
 */
final class ValueForm<T extends @Nullable Object> implements Form<T> {

	private final OperationRuntime runtime;

	private final String what;

	private final Type type;

	private final @Nullable ValueCodec<T> codec;

	/**
	 * Create the form.
	 * @param runtime what operations share
	 * @param what the values' role, for messages
	 * @param type their type
	 * @param codec the operation's own codec for that type, or {@code null}
	 */
	@SuppressWarnings("unchecked") // options cannot know the type, and say that it must
									// fit
	ValueForm(OperationRuntime runtime, String what, Type type, @Nullable ValueCodec<?> codec) {
		this.runtime = runtime;
		this.what = what;
		this.type = type;
		this.codec = (ValueCodec<T>) codec;
	}

	/**
	 * Encode a value that can also be read back: what cannot must fail on the first run.
	 * @throws PayloadCodecException if it cannot, or is too large
	 */
	Payload encode(T value) {
		Payload payload = encodeOneWay(value);
		decode(payload);
		return payload;
	}

	/**
	 * Encode a value that somebody else reads.
	 * @throws PayloadCodecException if it cannot be written, or is too large
	 */
	Payload encodeOneWay(T value) {
		return this.runtime.payloads().bounded(this.what, write(value));
	}

	@Override
	public Payload encodeUnbounded(T value) {
		Payload payload = write(value);
		decode(payload);
		return payload;
	}

	private Payload write(T value) {
		if (this.codec == null) {
			return this.runtime.payloads().encodeUnbounded(this.what, value, this.type);
		}
		try {
			return Payload.ofText(this.codec.encode(value));
		}
		catch (RuntimeException ex) {
			throw failed("recorded", ex);
		}
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	public T decode(@Nullable Payload payload) {
		if (payload != null) {
			this.runtime.open(payload);
		}
		if (this.codec == null || payload == null) {
			return (T) this.runtime.payloads().decode(this.what, payload, this.type);
		}
		try {
			return this.codec.decode(payload.text());
		}
		catch (RuntimeException ex) {
			throw failed("read", ex);
		}
	}

	private PayloadCodecException failed(String verb, RuntimeException cause) {
		return new PayloadCodecException("%s cannot be %s: its codec threw %s: %s".formatted(this.what, verb,
				cause.getClass().getName(), cause.getMessage()), cause);
	}

	@Override
	public T replay(OperationState recorded) {
		try {
			return decode(recorded.payload());
		}
		catch (PayloadCodecException ex) {
			throw this.runtime.journal()
				.diverged(("Replay cannot use %s. %s "
						+ "Put the former type back, or make the new one read the recorded form.")
					.formatted(recorded.place(), ex.getMessage()));
		}
	}

}
