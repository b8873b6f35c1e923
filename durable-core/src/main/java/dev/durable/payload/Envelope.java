package dev.durable.payload;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The form of a stored payload that is not simply its bytes: a prefix that no text begins
 * with, a version, a kind, and what the kind needs.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares envelopes or changes the
											// arrays
sealed interface Envelope {

	/** The first byte never occurs in UTF-8, so JSON is never taken for an envelope. */
	byte[] PREFIX = { (byte) 0xF5, 'd', 'u', 'r' };

	byte VERSION = 1;

	byte PLAIN = 0;

	byte ENCRYPTED = 1;

	byte OFFLOADED = 2;

	int DIGEST_BYTES = 32;

	/** Whether stored bytes are an envelope, even if it cannot be read. */
	static boolean isPresent(byte[] stored) {
		return stored.length >= PREFIX.length && Arrays.equals(stored, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
	}

	/** Read an envelope, or return null if it is damaged or of a later version. */
	static @Nullable Envelope read(byte[] stored) {
		ByteBuffer in = ByteBuffer.wrap(stored, PREFIX.length, stored.length - PREFIX.length);
		try {
			if (in.get() != VERSION) {
				return null;
			}
			return switch (in.get()) {
				case PLAIN -> new Plain(rest(in));
				case ENCRYPTED -> new Encrypted(text(in), bytes(in, AesGcm.NONCE_BYTES), rest(in));
				case OFFLOADED -> new Offloaded(text(in), in.getInt(), text(in), bytes(in, DIGEST_BYTES));
				default -> null;
			};
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return null;
		}
	}

	/** Return the envelope as it is stored. */
	Payload toPayload();

	static byte[] header(byte kind) {
		return ByteBuffer.allocate(PREFIX.length + 2).put(PREFIX).put(VERSION).put(kind).array();
	}

	private static byte[] rest(ByteBuffer in) {
		return bytes(in, in.remaining());
	}

	private static String text(ByteBuffer in) {
		return new String(bytes(in, Byte.toUnsignedInt(in.get())), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(ByteBuffer in, int length) {
		byte[] bytes = new byte[length];
		in.get(bytes);
		return bytes;
	}

	private static byte[] counted(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(1 + bytes.length).put((byte) bytes.length).put(bytes).array();
	}

	private static Payload join(byte[]... parts) {
		ByteBuffer out = ByteBuffer.allocate(Arrays.stream(parts).mapToInt((part) -> part.length).sum());
		for (byte[] part : parts) {
			out.put(part);
		}
		return new Payload(out.array());
	}

	/**
	 * A payload that begins as an envelope does.
	 *
	 * @param bytes its bytes
	 */
	record Plain(byte[] bytes) implements Envelope {

		@Override
		public Payload toPayload() {
			return join(header(PLAIN), this.bytes);
		}

	}

	/**
	 * An encrypted payload.
	 *
	 * @param keyId names the key
	 * @param nonce the nonce
	 * @param ciphertext the encrypted bytes with their tag
	 */
	record Encrypted(String keyId, byte[] nonce, byte[] ciphertext) implements Envelope {

		public Encrypted {
			if (ciphertext.length < AesGcm.TAG_BYTES) {
				throw new IllegalArgumentException("The encrypted payload is damaged");
			}
		}

		@Override
		public Payload toPayload() {
			return join(header(ENCRYPTED), counted(this.keyId), this.nonce, this.ciphertext);
		}

		int plainSize() {
			return this.ciphertext.length - AesGcm.TAG_BYTES;
		}

	}

	/**
	 * A reference to a payload that is kept apart.
	 *
	 * @param keyId names the key that what is kept is encrypted with; empty for none
	 * @param plainSize the number of bytes that it is opened to
	 * @param start tells whom it belongs to
	 * @param digest the SHA-256 of what is kept
	 */
	record Offloaded(String keyId, int plainSize, String start, byte[] digest) implements Envelope {

		public Offloaded {
			if (plainSize < 0 || !PayloadOwner.isStart(start)) {
				throw new IllegalArgumentException("The reference to an offloaded payload is damaged");
			}
		}

		@Override
		public Payload toPayload() {
			byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(this.plainSize).array();
			return join(header(OFFLOADED), counted(this.keyId), size, counted(this.start), this.digest);
		}

	}

}
