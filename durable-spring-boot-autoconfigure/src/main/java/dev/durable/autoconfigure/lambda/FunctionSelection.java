package dev.durable.autoconfigure.lambda;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.durable.engine.FunctionDefinition;
import dev.durable.lambda.LambdaTargets;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Which of an application's durable functions this Lambda function runs.
 *
 * @param lambda the properties
 * @param environment knows what Lambda and Spring Cloud Function say
 */
record FunctionSelection(LambdaProperties lambda, Environment environment) {

	static final String DEFINITION = "spring.cloud.function.definition";

	/** Set by Lambda in its execution environments. */
	static final String LAMBDA_NAME = "AWS_LAMBDA_FUNCTION_NAME";

	/** Return the function that the configuration names, or {@code null}. */
	@Nullable String configured(Collection<FunctionDefinition> functions) {
		if (StringUtils.hasText(this.lambda.function())) {
			return this.lambda.function();
		}
		String definition = this.environment.getProperty(DEFINITION);
		return names(functions).contains(definition) ? definition : null;
	}

	/** Return the function that runs here, or {@code null} if that is not clear. */
	@Nullable String selected(Collection<FunctionDefinition> functions) {
		String configured = configured(functions);
		if (configured != null) {
			return configured;
		}
		List<String> names = names(functions);
		if (names.size() == 1) {
			return names.get(0);
		}
		String lambdaName = this.environment.getProperty(LAMBDA_NAME);
		return names.contains(lambdaName) ? lambdaName : null;
	}

	/** The function that runs here is run by this Lambda function, whatever its name. */
	LambdaTargets targets(Collection<FunctionDefinition> functions) {
		Map<String, String> names = new HashMap<>();
		String here = this.environment.getProperty(LAMBDA_NAME);
		String selected = selected(functions);
		if (StringUtils.hasText(here) && selected != null) {
			names.put(selected, here);
		}
		names.putAll(this.lambda.functionNames());
		return new LambdaTargets(names, this.lambda.qualifier());
	}

	private static List<String> names(Collection<FunctionDefinition> functions) {
		return functions.stream().map((function) -> function.id().name()).distinct().toList();
	}

}
