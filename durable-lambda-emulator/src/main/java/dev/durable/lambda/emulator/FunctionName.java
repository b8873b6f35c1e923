package dev.durable.lambda.emulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A function as callers name it: by name, or by a whole or partial ARN, with or without
 * version.
 *
 * @param name its name
 * @param qualifier a version or alias, or {@code null}
 */
record FunctionName(String name, @Nullable String qualifier) {

	static final String LATEST = "$LATEST";

	private static final int LONGEST = 256;

	private static final Pattern FORM = Pattern.compile("(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}-[a-z-]+-\\d:)?"
			+ "(?:\\d{12}:)?(?:function:)?([a-zA-Z0-9_-]+)(?::(\\$LATEST|[a-zA-Z0-9_-]+))?");

	static FunctionName parse(@Nullable String text) {
		Matcher matcher = FORM.matcher((text != null) ? text : "");
		if (text == null || text.length() > LONGEST || !matcher.matches()) {
			throw AwsException
				.invalid("FunctionName must be the name or the ARN of a function, of at most %d characters", LONGEST);
		}
		return new FunctionName(matcher.group(1), matcher.group(2));
	}

}
