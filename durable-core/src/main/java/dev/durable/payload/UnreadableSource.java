package dev.durable.payload;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import org.jspecify.annotations.Nullable;

/** A sealed payload of an unknown form: histories can be listed all the same. */
final class UnreadableSource extends SealedSource {

	UnreadableSource(PayloadPlace place, Payload stored) {
		super(place, stored);
	}

	@Override
	public int size() {
		return stored().size();
	}

	@Override
	public @Nullable String keyId() {
		return null;
	}

	@Override
	public boolean isOffloaded() {
		return false;
	}

	@Override
	public byte[] load() {
		throw new PayloadSealedException(
				("The payload at %s was sealed in a form that is not known here: it is damaged, or was written by a later version. "
						+ "Run the version that wrote it.")
					.formatted(place()),
				null);
	}

}
