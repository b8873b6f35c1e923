package dev.durable.lambda.emulator;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.sun.net.httpserver.HttpExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lambda's REST API, as far as durable functions need it. */
final class Api {

	private static final String VERSION = "2025-12-01";

	private static final String INVOKE_VERSION = "2015-03-31";

	private static final Set<String> ACTIONS = Set.of("checkpoint", "state", "history", "stop");

	private static final Logger log = LoggerFactory.getLogger(Api.class);

	private final CheckpointApi checkpoints;

	private final ExecutionsApi executions;

	private final CallbacksApi callbacks;

	private final InvokeApi invoke;

	Api(CheckpointApi checkpoints, ExecutionsApi executions, CallbacksApi callbacks, InvokeApi invoke) {
		this.checkpoints = checkpoints;
		this.executions = executions;
		this.callbacks = callbacks;
		this.invoke = invoke;
	}

	/** Answer a request, whatever happens. */
	void handle(HttpExchange exchange) throws IOException {
		ApiResponse response;
		try {
			refuseBrowsers(exchange);
			response = route(ApiRequest.of(exchange));
		}
		catch (CallerKilledException ex) {
			log.debug("No reply for a process that was killed", ex);
			exchange.close();
			return;
		}
		catch (AwsException ex) {
			response = ApiResponse.of(ex);
		}
		catch (RuntimeException ex) {
			log.error("A request to {} failed", exchange.getRequestURI().getPath(), ex);
			response = ApiResponse
				.of(new AwsException(AwsException.Kind.SERVICE, "The emulator failed; its log tells more", ex));
		}
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
		response.headers().forEach(exchange.getResponseHeaders()::set);
		LocalServer.answer(exchange, response.status(), response.body());
	}

	/** A web page could otherwise start functions on the machine of whoever reads it. */
	private static void refuseBrowsers(HttpExchange exchange) {
		if (exchange.getRequestHeaders().containsKey("Origin")) {
			throw new AwsException(AwsException.Kind.ACCESS_DENIED, "The emulator answers no web pages");
		}
	}

	private ApiResponse route(ApiRequest request) {
		List<String> path = request.path();
		int last = path.size() - 1;
		if (last == 3 && path.get(0).equals(INVOKE_VERSION) && path.get(1).equals("functions")
				&& path.get(3).equals("invocations") && request.method().equals("POST")) {
			return this.invoke.invoke(path.get(2), request);
		}
		if (last >= 2 && path.get(0).equals(VERSION)) {
			return switch (path.get(1)) {
				case "durable-executions" -> execution(request);
				case "durable-execution-callbacks" -> callback(request);
				case "functions" -> list(request);
				default -> throw unknown(request);
			};
		}
		throw unknown(request);
	}

	/** Slashes of the ARN may have come as they are. */
	private ApiResponse execution(ApiRequest request) {
		List<String> path = request.path();
		String action = path.get(path.size() - 1);
		boolean hasAction = path.size() > 3 && ACTIONS.contains(action);
		ExecutionArn arn = ExecutionArn
			.parse(String.join("/", path.subList(2, hasAction ? path.size() - 1 : path.size())));
		return switch (request.method() + (hasAction ? " " + action : "")) {
			case "GET" -> this.executions.get(arn, request);
			case "GET history" -> this.executions.history(arn, request);
			case "POST stop" -> this.executions.stop(arn, request);
			case "POST checkpoint" -> this.checkpoints.checkpoint(arn, request);
			case "GET state" -> this.checkpoints.state(arn, request);
			default -> throw unknown(request);
		};
	}

	private ApiResponse callback(ApiRequest request) {
		if (request.path().size() != 4 || !request.method().equals("POST")) {
			throw unknown(request);
		}
		String id = request.path().get(2);
		return switch (request.path().get(3)) {
			case "succeed" -> this.callbacks.succeed(id, request);
			case "fail" -> this.callbacks.fail(id, request);
			case "heartbeat" -> this.callbacks.heartbeat(id);
			default -> throw unknown(request);
		};
	}

	private ApiResponse list(ApiRequest request) {
		if (request.path().size() != 4 || !request.path().get(3).equals("durable-executions")
				|| !request.method().equals("GET")) {
			throw unknown(request);
		}
		return this.executions.list(request.path().get(2), request);
	}

	private static AwsException unknown(ApiRequest request) {
		return AwsException.notFound("The emulator has no operation %s /%s", request.method(),
				String.join("/", request.path()));
	}

}
