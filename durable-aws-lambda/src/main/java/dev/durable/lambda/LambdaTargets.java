package dev.durable.lambda;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which Lambda functions run which durable functions.
 *
 * @param names Lambda functions by the names of durable functions: a name or an ARN, with
 * or without a version or alias; a durable function that is not named is run by the
 * Lambda function of the same name
 * @param qualifier the version or alias to start where none is named; AWS starts durable
 * executions of a version only
 */
public record LambdaTargets(Map<String, String> names, String qualifier) {

	public LambdaTargets {
		names = Map.copyOf(names);
		if (qualifier.isBlank()) {
			throw new IllegalArgumentException("'qualifier' must be a version or an alias but was empty");
		}
	}

	/**
	 * Return targets of the same names as their durable functions, at their latest
	 * unpublished version.
	 * @return the targets
	 */
	public static LambdaTargets defaults() {
		return new LambdaTargets(Map.of(), "$LATEST");
	}

	boolean names(String durableFunction) {
		return this.names.containsKey(durableFunction);
	}

	LambdaTarget of(String durableFunction) {
		return LambdaTarget.of(this.names.getOrDefault(durableFunction, durableFunction), this.qualifier);
	}

	/** Return the durable function that a Lambda function runs, by its ARN. */
	String durableFunction(@Nullable String functionArn) {
		String name = (functionArn != null) ? LambdaTarget.nameIn(functionArn) : null;
		if (name == null) {
			return "unknown";
		}
		return this.names.keySet()
			.stream()
			.filter((candidate) -> Objects.equals(of(candidate).name(), name))
			.sorted()
			.findFirst()
			.orElse(name);
	}

}
