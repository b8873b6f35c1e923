package dev.durable.payload;

import java.util.Map;
import java.util.Optional;

/** Keys that do not change while the process runs. */
final class FixedKeys implements KeyProvider {

	private final EncryptionKey current;

	private final Map<String, EncryptionKey> keys;

	FixedKeys(EncryptionKey current, Map<String, EncryptionKey> keys) {
		this.current = current;
		this.keys = keys;
	}

	@Override
	public EncryptionKey current() {
		return this.current;
	}

	@Override
	public Optional<EncryptionKey> find(String id) {
		return Optional.ofNullable(this.keys.get(id));
	}

	/** Tell the ids only. */
	@Override
	public String toString() {
		return "FixedKeys" + this.keys.keySet();
	}

}
