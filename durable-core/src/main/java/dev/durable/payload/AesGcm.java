package dev.durable.payload;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256 in Galois/Counter Mode as NIST SP 800-38D specifies it, with a fresh random
 * nonce of 96 bits (section 8.2.2) and a tag of 128 bits.
 */
final class AesGcm {

	static final int NONCE_BYTES = 12;

	static final int TAG_BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private AesGcm() {
	}

	static Envelope.Encrypted encrypt(EncryptionKey key, PayloadPlace place, byte[] plain) {
		byte[] nonce = new byte[NONCE_BYTES];
		RANDOM.nextBytes(nonce);
		try {
			return new Envelope.Encrypted(key.id(), nonce,
					run(Cipher.ENCRYPT_MODE, key, nonce, authenticated(key.id(), place), plain));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Key '%s' cannot encrypt with AES-256-GCM".formatted(key.id()), ex);
		}
	}

	/**
	 * Decrypt.
	 * @throws GeneralSecurityException if the key is another one, or the content was
	 * changed, or it stood elsewhere when it was encrypted
	 */
	static byte[] decrypt(EncryptionKey key, PayloadPlace place, Envelope.Encrypted encrypted)
			throws GeneralSecurityException {
		return run(Cipher.DECRYPT_MODE, key, encrypted.nonce(), authenticated(encrypted.keyId(), place),
				encrypted.ciphertext());
	}

	private static byte[] run(int mode, EncryptionKey key, byte[] nonce, byte[] authenticated, byte[] input)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BYTES * 8, nonce));
		cipher.updateAAD(authenticated);
		return cipher.doFinal(input);
	}

	/** Each part is written with its length, so that no two places look the same. */
	private static byte[] authenticated(String keyId, PayloadPlace place) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.write(Envelope.header(Envelope.ENCRYPTED));
			out.writeUTF(keyId);
			out.writeUTF(place.execution().value());
			out.writeUTF(place.name());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
