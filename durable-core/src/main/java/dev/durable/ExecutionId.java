package dev.durable;

/**
 * Identifies one execution of a durable function.
 * <p>
 * Our own stores give ids of at most 64 characters. AWS Lambda identifies an execution of
 * a durable function by an ARN, and no shorter part of it finds the execution again: so
 * there the ARN is the id, and who keeps ids in a table needs 1,024 characters for them.
 *
 * @param value 1 to 64 of {@code [a-zA-Z0-9-_]}, or the ARN of an execution on AWS
 * Lambda, of at most 1,024 characters
 */
public record ExecutionId(String value) {

	public ExecutionId {
		Names.executionId(value);
	}

	/**
	 * Check a name for an execution.
	 * @param name 1 to 64 of {@code [a-zA-Z0-9-_]}
	 * @return the name
	 * @throws IllegalArgumentException if it is none
	 */
	public static String requireName(String name) {
		return Names.identifier("name", name);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
