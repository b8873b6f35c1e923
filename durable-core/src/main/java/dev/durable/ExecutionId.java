package dev.durable;

/**
 * Identifies one execution of a durable function.
 *
 * @param value 1 to 64 of {@code [a-zA-Z0-9-_]}
 */
public record ExecutionId(String value) {

	public ExecutionId {
		Names.identifier("executionId", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
