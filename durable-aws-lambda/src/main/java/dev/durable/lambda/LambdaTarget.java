package dev.durable.lambda;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A Lambda function that runs a durable function.
 *
 * @param function its name or ARN, without a qualifier
 * @param qualifier the version or alias
 */
record LambdaTarget(String function, String qualifier) {

	/** Parts of {@code arn:aws:lambda:region:account:function:name}. */
	private static final int ARN_PARTS = 7;

	/**
	 * Read {@code name}, {@code name:qualifier}, {@code account:function:name}, or an
	 * ARN, each with or without a qualifier.
	 */
	static LambdaTarget of(String text, String qualifier) {
		String[] parts = text.split(":", -1);
		boolean qualified = switch (parts.length) {
			case 2, 4 -> true;
			default -> parts.length > ARN_PARTS;
		};
		int end = text.lastIndexOf(':');
		return qualified ? new LambdaTarget(text.substring(0, end), text.substring(end + 1))
				: new LambdaTarget(text, qualifier);
	}

	/** Return whether it is the function of an ARN, which may have a qualifier. */
	boolean isAt(String functionArn) {
		return (":" + of(functionArn, "").function()).endsWith(":" + this.function);
	}

	/** The name alone, as in the ARNs of its executions. */
	String name() {
		return this.function.substring(this.function.lastIndexOf(':') + 1);
	}

	/** Return the name in the ARN of a function, which may have a qualifier. */
	static @Nullable String nameIn(String functionArn) {
		List<String> parts = List.of(functionArn.split(":", -1));
		return (parts.size() >= ARN_PARTS) ? parts.get(ARN_PARTS - 1) : null;
	}

	@Override
	public String toString() {
		return this.function + ":" + this.qualifier;
	}

}
