package dev.durable.lambda;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the durable function that a Lambda function runs. Thread-safe.
 * <p>
 * Executions stay on the Lambda version that they were started on, and so on the code
 * that it contains: the newest version of a function is the one that they began with.
 */
final class FunctionChoice {

	private final Supplier<? extends Collection<FunctionDefinition>> source;

	private final @Nullable String configured;

	/**
	 * Create the choice.
	 * @param source gives the functions, asked for when they are needed
	 * @param configured the name of the one to run, or {@code null}
	 */
	FunctionChoice(Supplier<? extends Collection<FunctionDefinition>> source, @Nullable String configured) {
		this.source = source;
		this.configured = configured;
	}

	/**
	 * Choose a function.
	 * @param lambdaNames names that the Lambda function may have, the best one first
	 */
	FunctionDefinition choose(List<String> lambdaNames) {
		Collection<FunctionDefinition> functions = this.source.get();
		List<String> names = functions.stream().map((function) -> function.id().name()).distinct().sorted().toList();
		return functions.stream()
			.filter((function) -> function.id().name().equals(name(names, lambdaNames)))
			.max(Comparator.comparing(FunctionDefinition::id))
			.orElseThrow(() -> new IllegalStateException(
					("The durable function '%s' is not one of this application's, which are %s. "
							+ "Set 'durable.lambda.function' to one of them.")
						.formatted(this.configured, names)));
	}

	private String name(List<String> names, List<String> lambdaNames) {
		if (this.configured != null) {
			return this.configured;
		}
		if (names.size() == 1) {
			return names.get(0);
		}
		return lambdaNames.stream()
			.filter(names::contains)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					("Lambda function %s has %d durable functions, %s, and none of them has its name. "
							+ "Set 'durable.lambda.function' to the one that it runs.")
						.formatted(lambdaNames, names.size(), names)));
	}

}
