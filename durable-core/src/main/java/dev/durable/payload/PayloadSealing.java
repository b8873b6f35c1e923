package dev.durable.payload;

import java.util.Objects;
import java.util.function.Supplier;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * How payloads are kept: encrypted or not, in the history or apart from it. Immutable and
 * thread-safe.
 * <p>
 * A payload that is neither encrypted nor offloaded is stored as it is, byte for byte.
 */
public final class PayloadSealing {

	private static final PayloadSealing NONE = new PayloadSealing(null, null);

	private final @Nullable KeyProvider keys;

	private final @Nullable Offload offload;

	private PayloadSealing(@Nullable KeyProvider keys, @Nullable Offload offload) {
		this.keys = keys;
		this.offload = offload;
	}

	/**
	 * Return a sealing that neither encrypts nor offloads.
	 * @return the sealing
	 */
	public static PayloadSealing none() {
		return NONE;
	}

	/**
	 * Encrypt every payload.
	 * @param keys knows the keys
	 * @return the sealing
	 */
	public PayloadSealing withKeys(KeyProvider keys) {
		return new PayloadSealing(Objects.requireNonNull(keys, "'keys' must not be null"), this.offload);
	}

	/**
	 * Keep large payloads apart from the history.
	 * @param store keeps them
	 * @param threshold the largest payload in bytes that stays in the history
	 * @return the sealing
	 */
	public PayloadSealing withStore(PayloadStore store, int threshold) {
		return new PayloadSealing(this.keys,
				new Offload(Objects.requireNonNull(store, "'store' must not be null"), threshold));
	}

	/**
	 * Keep payloads apart from the history that are larger than a host can record, if
	 * there is a store for them.
	 * @param bytes the largest payload that stays in the history; a lower threshold
	 * stands
	 * @return the sealing
	 */
	public PayloadSealing withThresholdAtMost(int bytes) {
		return (this.offload != null && this.offload.threshold() > bytes)
				? new PayloadSealing(this.keys, new Offload(this.offload.store(), bytes)) : this;
	}

	/**
	 * Return whether payloads are encrypted.
	 * @return whether there are keys
	 */
	public boolean encrypts() {
		return this.keys != null;
	}

	/**
	 * Return whether payloads are kept apart.
	 * @return whether there is a store for them
	 */
	public boolean offloads() {
		return this.offload != null;
	}

	/**
	 * Return whether sealing a payload reads from or writes to a payload store.
	 * @param place where it will stand
	 * @param payload the payload
	 * @return whether {@link #seal} may block
	 */
	public boolean blocks(PayloadPlace place, Payload payload) {
		return !isSealedFor(place, payload) && (isLarge(payload.size())
				|| (!payload.isLoaded() && payload.source() != null && payload.source().isOffloaded()));
	}

	/**
	 * Seal a payload.
	 * @param place where it will stand
	 * @param payload the payload
	 * @param owner asked when it is kept apart
	 * @return what is to be stored; the payload itself if nothing is to be done
	 * @throws dev.durable.codec.PayloadUnavailableException if the payload store cannot
	 * be reached
	 */
	public Payload seal(PayloadPlace place, Payload payload, Supplier<PayloadOwner> owner) {
		if (isSealedFor(place, payload)) {
			return ((SealedSource) Objects.requireNonNull(payload.source())).stored();
		}
		byte[] bytes = payload.bytes();
		Envelope.Encrypted encrypted = (this.keys != null) ? AesGcm.encrypt(this.keys.current(), place, bytes) : null;
		if (this.offload != null && isLarge(bytes.length)) {
			return this.offload
				.put(owner.get(), (encrypted != null) ? encrypted.keyId() : "", bytes.length,
						(encrypted != null) ? encrypted.toPayload().bytes() : bytes)
				.toPayload();
		}
		if (encrypted != null) {
			return encrypted.toPayload();
		}
		if (Envelope.isPresent(bytes)) {
			return new Envelope.Plain(bytes).toPayload();
		}
		return (payload.source() != null) ? new Payload(bytes) : payload;
	}

	private boolean isLarge(int size) {
		return this.offload != null && size > this.offload.threshold();
	}

	/** What was read at a place goes back to that place without being opened. */
	private static boolean isSealedFor(PayloadPlace place, Payload payload) {
		return payload.source() instanceof SealedSource sealed && sealed.place().equals(place);
	}

	/**
	 * Open a stored payload, lazily where that takes time or may fail.
	 * @param place where it stands
	 * @param stored what is stored
	 * @return the payload; the stored one if it was not sealed
	 */
	public Payload open(PayloadPlace place, Payload stored) {
		if (!Envelope.isPresent(stored.bytes())) {
			return stored;
		}
		Envelope envelope = Envelope.read(stored.bytes());
		if (envelope instanceof Envelope.Plain plain) {
			return new Payload(plain.bytes());
		}
		if (envelope instanceof Envelope.Encrypted encrypted) {
			return Payload.lazy(new EncryptedSource(place, stored, encrypted, this.keys));
		}
		if (envelope instanceof Envelope.Offloaded offloaded) {
			return Payload.lazy(new OffloadedSource(place, stored, offloaded, this.offload, this.keys));
		}
		return Payload.lazy(new UnreadableSource(place, stored));
	}

	/**
	 * Remove all payloads that are kept apart for an owner.
	 * @param owner whose
	 * @throws dev.durable.codec.PayloadUnavailableException if the payload store cannot
	 * be reached
	 */
	public void deleteAll(PayloadOwner owner) {
		if (this.offload != null) {
			this.offload.store().deleteAll(owner);
		}
	}

}
