package dev.durable.payload;

import java.util.regex.Pattern;

import dev.durable.ExecutionId;

/**
 * Whom offloaded payloads belong to: one start of one execution. An id may be used again
 * after its execution was removed; then the start tells them apart, so that a late
 * removal cannot hit the new execution.
 *
 * @param execution the execution
 * @param start names its start, 1 to 64 of {@code [a-zA-Z0-9-_]}
 */
public record PayloadOwner(ExecutionId execution, String start) {

	private static final Pattern START = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	public PayloadOwner {
		if (!isStart(start)) {
			throw new IllegalArgumentException(
					"'start' must have 1 to 64 of [a-zA-Z0-9-_] but was '%s'".formatted(start));
		}
	}

	static boolean isStart(String text) {
		return START.matcher(text).matches();
	}

	@Override
	public String toString() {
		return this.execution + "/" + this.start;
	}

}
