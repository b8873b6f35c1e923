package dev.durable.store;

/**
 * Identifies one start of one process, at random.
 *
 * @param value 1 to 64 characters
 */
public record NodeId(String value) {

	public NodeId {
		if (value.isEmpty() || value.length() > 64) {
			throw new IllegalArgumentException("'value' must have 1 to 64 characters but was '%s'".formatted(value));
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
