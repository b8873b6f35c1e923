package dev.durable.payload;

import java.util.HexFormat;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import org.jspecify.annotations.Nullable;

/** A payload that is kept apart from the history. */
final class OffloadedSource extends SealedSource {

	private final Envelope.Offloaded reference;

	private final @Nullable Offload offload;

	private final @Nullable KeyProvider keys;

	OffloadedSource(PayloadPlace place, Payload stored, Envelope.Offloaded reference, @Nullable Offload offload,
			@Nullable KeyProvider keys) {
		super(place, stored);
		this.reference = reference;
		this.offload = offload;
		this.keys = keys;
	}

	@Override
	public int size() {
		return this.reference.plainSize();
	}

	@Override
	public @Nullable String keyId() {
		return this.reference.keyId().isEmpty() ? null : this.reference.keyId();
	}

	@Override
	public boolean isOffloaded() {
		return true;
	}

	@Override
	public byte[] load() {
		byte[] content = fetch();
		if (keyId() == null) {
			return content;
		}
		if (Envelope.isPresent(content) && Envelope.read(content) instanceof Envelope.Encrypted encrypted) {
			return EncryptedSource.decrypt(this.keys, place(), encrypted);
		}
		throw new PayloadSealedException(
				"The payload at %s should be encrypted with key '%s' but what is offloaded for it is not"
					.formatted(place(), keyId()),
				null);
	}

	private byte[] fetch() {
		if (this.offload == null) {
			throw new PayloadSealedException(("The payload at %s is offloaded, but no payload store is configured. "
					+ "Set 'durable.payload.offload.type' to the store that it was written to.")
				.formatted(place()), null);
		}
		PayloadOwner owner = new PayloadOwner(place().execution(), this.reference.start());
		String key = HexFormat.of().formatHex(this.reference.digest());
		byte[] content = this.offload.store().get(owner, key).orElse(null);
		if (content == null) {
			throw new PayloadSealedException(
					("The payload at %s is offloaded, but the payload store has no '%s' of '%s'. "
							+ "Restore it, or point the store to where it was written.")
						.formatted(place(), key, owner),
					null);
		}
		if (!Offload.key(content).equals(key)) {
			throw new PayloadSealedException(
					"The payload at %s is offloaded as '%s' of '%s', but what is stored there has other content; restore it"
						.formatted(place(), key, owner),
					null);
		}
		return content;
	}

}
