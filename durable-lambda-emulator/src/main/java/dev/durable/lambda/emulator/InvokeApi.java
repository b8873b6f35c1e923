package dev.durable.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.durable.DurableClient;
import dev.durable.ErrorObject;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionTimeoutException;
import dev.durable.FunctionStart;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts executions.
 *
 * @param host the emulator
 * @param client the engine's client
 */
record InvokeApi(EmulatorHost host, DurableClient client) {

	static final int MAX_SYNCHRONOUS_INPUT = 6_291_456;

	static final int MAX_EVENT_INPUT = 262_144;

	private static final Duration LONGEST_SYNCHRONOUS = Duration.ofMinutes(15);

	private static final String SYNCHRONOUS = "RequestResponse";

	ApiResponse invoke(String functionName, ApiRequest request) {
		FunctionName name = name(functionName, request);
		EmulatedFunction function = this.host.functions().get(name);
		String header = request.header("X-Amz-Invocation-Type");
		String type = (header != null) ? header : SYNCHRONOUS;
		String input = input(request, type);
		if (name.qualifier() == null) {
			throw AwsException.invalid("A durable function cannot be invoked by an unqualified name: "
					+ "add a version or an alias, such as the qualifier %s", FunctionName.LATEST);
		}
		return switch (type) {
			case "DryRun" -> ApiResponse.empty(204);
			case "Event" -> {
				ExecutionHandle<String> started = start(name, request, input);
				yield ApiResponse.empty(202).with("X-Amz-Durable-Execution-Arn", arn(started));
			}
			case SYNCHRONOUS -> {
				checkLength(function);
				yield result(function, start(name, request, input));
			}
			default -> throw AwsException.invalid("X-Amz-Invocation-Type must be RequestResponse, Event or DryRun");
		};
	}

	private static FunctionName name(String functionName, ApiRequest request) {
		FunctionName name = FunctionName.parse(functionName);
		String qualifier = request.parameter("Qualifier");
		if (qualifier != null && name.qualifier() != null && !qualifier.equals(name.qualifier())) {
			throw AwsException.invalid("'Qualifier' differs from the one in the function's name");
		}
		return (qualifier != null) ? new FunctionName(name.name(), qualifier) : name;
	}

	private static String input(ApiRequest request, String type) {
		int largest = type.equals("Event") ? MAX_EVENT_INPUT : MAX_SYNCHRONOUS_INPUT;
		if (request.body().length > largest) {
			throw new AwsException(AwsException.Kind.TOO_LARGE,
					"The payload has %d bytes but at most %d are allowed".formatted(request.body().length, largest));
		}
		if (request.body().length > 0 && Json.read(request.body()) == null) {
			throw new AwsException(AwsException.Kind.INVALID_CONTENT, "The payload must be JSON");
		}
		return (request.body().length > 0) ? new String(request.body(), StandardCharsets.UTF_8) : "{}";
	}

	private static void checkLength(EmulatedFunction function) {
		if (function.executionTimeout().compareTo(LONGEST_SYNCHRONOUS) > 0) {
			throw AwsException
				.invalid("A durable function with an execution timeout of more than %d minutes cannot be invoked "
						+ "synchronously: use the invocation type Event", LONGEST_SYNCHRONOUS.toMinutes());
		}
	}

	private ExecutionHandle<String> start(FunctionName function, ApiRequest request, String input) {
		String name = request.header("X-Amz-Durable-Execution-Name");
		if (name != null && !name.matches("[a-zA-Z0-9_-]{1,64}")) {
			throw AwsException.invalid("X-Amz-Durable-Execution-Name must be 1 to 64 of [a-zA-Z0-9-_]");
		}
		try {
			FunctionStart start = this.client.function(function.name());
			return ((name != null) ? start.named(name) : start).start(input, String.class);
		}
		catch (ExecutionAlreadyStartedException ex) {
			throw new AwsException(AwsException.Kind.ALREADY_STARTED,
					"An execution of function '%s' with this name was started with another input"
						.formatted(function.name()),
					ex);
		}
	}

	private String arn(ExecutionHandle<String> started) {
		return this.host.arn(started.id()).toString();
	}

	private ApiResponse result(EmulatedFunction function, ExecutionHandle<String> started) {
		ApiResponse response;
		try {
			String result = started.result(function.executionTimeout().plusMinutes(1));
			response = answer(result.getBytes(StandardCharsets.UTF_8), null);
		}
		catch (ExecutionFailedException ex) {
			response = answer(Json.bytes(error(ex.error())), "Unhandled");
		}
		catch (ExecutionTimeoutException ex) {
			throw new AwsException(AwsException.Kind.SERVICE, "The execution did not end in time", ex);
		}
		return response.with("X-Amz-Durable-Execution-Arn", arn(started));
	}

	private static ApiResponse answer(byte[] body, @Nullable String functionError) {
		return new ApiResponse(200, Map.of(), body).with("X-Amz-Executed-Version", EmulatedFunction.VERSION)
			.with("X-Amz-Function-Error", functionError);
	}

	/** An error as a function that is not durable tells it. */
	private static ObjectNode error(ErrorObject error) {
		ObjectNode node = Json.object();
		Json.put(node, "errorMessage", error.errorMessage());
		if (!error.errorType().isEmpty()) {
			node.put("errorType", error.errorType());
		}
		Json.put(node, "errorData", error.errorData());
		if (!error.stackTrace().isEmpty()) {
			ArrayNode frames = node.putArray("stackTrace");
			error.stackTrace().forEach(frames::add);
		}
		return node;
	}

}
