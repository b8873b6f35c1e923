package dev.durable;

/**
 * Identifies one operation within its execution, the same on every replay and every host.
 *
 * @param value 1 to 64 of {@code [a-zA-Z0-9-_]}
 */
public record OperationId(String value) {

	public OperationId {
		Names.identifier("operationId", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
