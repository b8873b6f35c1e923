package dev.durable.lambda.emulator;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The variables that Lambda sets for a function's process. */
final class LambdaEnvironment {

	/** They would lead to real credentials. */
	static final Set<String> REMOVED = Set.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
			"AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI");

	private LambdaEnvironment() {
	}

	static Map<String, String> of(EmulatedFunction function, URI endpoint) {
		String name = function.names().get(0);
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
		variables.put("AWS_LAMBDA_FUNCTION_VERSION", EmulatedFunction.VERSION);
		variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memory()));
		variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
		variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "emulator");
		variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
		variables.put("AWS_REGION", ExecutionArn.REGION);
		variables.put("AWS_DEFAULT_REGION", ExecutionArn.REGION);
		// SDKs want credentials; the emulator looks at none, and real ones must not reach
		// code that is tried out.
		variables.put("AWS_ACCESS_KEY_ID", "emulator");
		variables.put("AWS_SECRET_ACCESS_KEY", "emulator");
		variables.put("AWS_SESSION_TOKEN", "emulator");
		variables.put("AWS_ENDPOINT_URL_LAMBDA", endpoint.toString());
		return variables;
	}

}
