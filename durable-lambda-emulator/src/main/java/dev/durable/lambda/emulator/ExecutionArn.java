package dev.durable.lambda.emulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.durable.ExecutionId;
import dev.durable.store.ExecutionIdentity;

/**
 * The name of a durable execution.
 *
 * @param function its function's name
 * @param version its function's version
 * @param name its own name, or its id if it has none
 * @param id its id, which the service calls an invocation id
 */
record ExecutionArn(String function, String version, String name, ExecutionId id) {

	static final String REGION = "us-east-1";

	private static final String PREFIX = "arn:aws:lambda:" + REGION + ":000000000000:function:";

	private static final Pattern FORM = Pattern.compile("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:function:"
			+ "([a-zA-Z0-9_-]+):(\\$LATEST|[0-9]+)/durable-execution/([a-zA-Z0-9_-]{1,64})/([a-zA-Z0-9_-]{1,64})");

	static ExecutionArn of(ExecutionIdentity identity) {
		String name = (identity.name() != null) ? identity.name() : identity.id().value();
		return new ExecutionArn(identity.function().name(), identity.function().version(), name, identity.id());
	}

	static ExecutionArn parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw AwsException.invalid("DurableExecutionArn must be the ARN of a durable execution, such as "
					+ "%sNAME:1/durable-execution/NAME/ID", PREFIX);
		}
		return new ExecutionArn(matcher.group(1), matcher.group(2), matcher.group(3),
				new ExecutionId(matcher.group(4)));
	}

	static String function(String name, String version) {
		return PREFIX + name + ":" + version;
	}

	String functionArn() {
		return function(this.function, this.version);
	}

	@Override
	public String toString() {
		return functionArn() + "/durable-execution/" + this.name + "/" + this.id;
	}

}
