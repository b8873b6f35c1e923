package dev.durable.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows the keys that payloads are encrypted with. Thread-safe; asked for every payload,
 * on threads that must not block, so keys are held in memory.
 * <p>
 * Rotation: make a new key known to every node, then let {@link #current()} return it.
 * Former keys stay until no execution is left that they encrypted.
 * <p>
 * Each payload gets 96 random bits as its nonce. NIST SP 800-38D (section 8.3) allows at
 * most 2<sup>32</sup> encryptions with one key when nonces are random, so a key must be
 * replaced before it has encrypted four thousand million payloads: at 1,000 payloads a
 * second, within 49 days.
 */
public interface KeyProvider {

	/**
	 * Return the key for what is written now.
	 * @return the key
	 */
	EncryptionKey current();

	/**
	 * Find the key of something that was written before.
	 * @param id the key's id
	 * @return the key, or nothing if it is not known here
	 */
	Optional<EncryptionKey> find(String id);

	/**
	 * Return a provider of fixed keys.
	 * @param current the key for what is written now
	 * @param former the keys of what was written before
	 * @return the provider
	 */
	static KeyProvider of(EncryptionKey current, EncryptionKey... former) {
		Map<String, EncryptionKey> keys = new LinkedHashMap<>();
		for (EncryptionKey key : former) {
			keys.put(key.id(), key);
		}
		if (keys.size() < former.length || keys.put(current.id(), current) != null) {
			throw new IllegalArgumentException("Every key must have an id of its own");
		}
		return new FixedKeys(current, Map.copyOf(keys));
	}

}
