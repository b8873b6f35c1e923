package dev.durable.lambda;

import dev.durable.ErrorObject;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Describes exceptions within the service's limit. Trimmed when they are described, they
 * are the same on the first run as on every replay.
 */
final class BoundedErrorCodec implements ErrorCodec {

	private final ErrorCodec delegate;

	private final int limit;

	/**
	 * Create the codec.
	 * @param delegate describes and writes
	 * @param limit the most bytes of a description as JSON
	 */
	BoundedErrorCodec(ErrorCodec delegate, int limit) {
		this.delegate = delegate;
		this.limit = limit;
	}

	@Override
	public ErrorObject describe(Throwable error) {
		return WireErrors.bound(this.delegate.describe(error), this.limit);
	}

	@Override
	public @Nullable Throwable rebuild(ErrorObject error) {
		return this.delegate.rebuild(error);
	}

	@Override
	public Payload encode(ErrorObject error) {
		return this.delegate.encode(error);
	}

	@Override
	public ErrorObject decode(Payload payload) {
		return this.delegate.decode(payload);
	}

}
