package dev.durable;

import java.util.regex.Pattern;

/** The character sets and lengths that AWS allows in names and ids. */
final class Names {

	private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Pattern LAMBDA_EXECUTION = Pattern
		.compile("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]*:[0-9]*:function:[a-zA-Z0-9_-]+:[a-zA-Z0-9$._-]+"
				+ "/durable-execution/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+");

	private static final int MAX_ARN = 1024;

	private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

	private static final Pattern OPERATION = Pattern.compile("[\\x20-\\x7E]{1,256}");

	private Names() {
	}

	static String identifier(String field, String value) {
		return check(field, value, IDENTIFIER);
	}

	static String executionId(String value) {
		boolean arn = value.length() <= MAX_ARN && LAMBDA_EXECUTION.matcher(value).matches();
		return arn ? value : identifier("executionId", value);
	}

	static String version(String field, String value) {
		return check(field, value, VERSION);
	}

	static String operation(String value) {
		if (!OPERATION.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'name' of an operation must be 1 to 256 printable ASCII characters but has %d characters: '%s'"
						.formatted(value.length(), value.substring(0, Math.min(64, value.length()))));
		}
		return value;
	}

	private static String check(String field, String value, Pattern allowed) {
		if (!allowed.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'%s' must match %s but was '%s'".formatted(field, allowed.pattern(), value));
		}
		return value;
	}

}
