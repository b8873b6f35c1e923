package dev.durable.lambda.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lambda's Runtime API for one process: hands it invocations one at a time, and takes its
 * answers.
 */
final class RuntimeApi {

	private static final String PREFIX = "/2018-06-01/runtime/";

	/** What Lambda takes as an answer at most. */
	private static final int MAX_ANSWER = 6_291_556;

	private final InstantSource clock;

	private final LocalServer server;

	private final LinkedBlockingQueue<Work> next = new LinkedBlockingQueue<>();

	private final ConcurrentMap<String, Work> running = new ConcurrentHashMap<>();

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private final CompletableFuture<FunctionFailure> initFailure = new CompletableFuture<>();

	RuntimeApi(InstantSource clock) {
		this.clock = clock;
		this.server = LocalServer.start(0, this::handle);
	}

	int port() {
		return this.server.port();
	}

	/** Completes when the process asks for its first invocation. */
	CompletableFuture<Void> ready() {
		return this.ready;
	}

	/** Completes if the process tells that it cannot start. */
	CompletableFuture<FunctionFailure> initFailure() {
		return this.initFailure;
	}

	void deliver(FunctionCall call, CompletableFuture<byte[]> answer, Runnable begun) {
		this.next.add(new Work(call, answer, begun));
	}

	void close() {
		this.server.close();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String[] parts = path.startsWith(PREFIX) ? path.substring(PREFIX.length()).split("/") : new String[0];
		if (parts.length == 2 && parts[0].equals("invocation") && parts[1].equals("next")) {
			next(exchange);
		}
		else if (parts.length == 3 && parts[0].equals("invocation")) {
			ended(exchange, parts[1], parts[2].equals("error"));
		}
		else if (parts.length == 2 && parts[0].equals("init") && parts[1].equals("error")) {
			this.initFailure.complete(new FunctionFailure(error(body(exchange))));
			LocalServer.answer(exchange, 202, new byte[0]);
		}
		else {
			LocalServer.answer(exchange, 404, new byte[0]);
		}
	}

	private void next(HttpExchange exchange) throws IOException {
		this.ready.complete(null);
		try {
			Work work = this.next.take();
			FunctionCall call = work.call();
			this.running.put(call.requestId(), work);
			work.begun().run();
			Headers headers = exchange.getResponseHeaders();
			headers.set("Content-Type", "application/json");
			headers.set("Lambda-Runtime-Aws-Request-Id", call.requestId());
			headers.set("Lambda-Runtime-Deadline-Ms",
					String.valueOf(this.clock.instant().plus(call.function().timeout()).toEpochMilli()));
			headers.set("Lambda-Runtime-Invoked-Function-Arn", call.functionArn());
			headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
			LocalServer.answer(exchange, 200, call.event());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			exchange.close();
		}
	}

	private void ended(HttpExchange exchange, String requestId, boolean failed) throws IOException {
		byte[] body = body(exchange);
		Work work = this.running.remove(requestId);
		if (work == null) {
			LocalServer.answer(exchange, 400, problem("InvalidRequestID", "No such invocation is running"));
			return;
		}
		if (body.length > MAX_ANSWER) {
			work.answer()
				.completeExceptionally(FunctionFailure.of("Function.ResponseSizeTooLarge",
						"The answer has %d bytes but at most %d are allowed".formatted(body.length, MAX_ANSWER)));
			LocalServer.answer(exchange, 413, problem("RequestEntityTooLarge", "The answer is too large"));
			return;
		}
		LocalServer.answer(exchange, 202, new byte[0]);
		if (failed) {
			work.answer().completeExceptionally(new FunctionFailure(error(body)));
		}
		else {
			work.answer().complete(body);
		}
	}

	private static byte[] body(HttpExchange exchange) throws IOException {
		return exchange.getRequestBody().readAllBytes();
	}

	private static byte[] problem(String type, String message) {
		return Json.bytes(Json.object().put("errorType", type).put("errorMessage", message));
	}

	/** An error as runtimes tell it. */
	private static ErrorObject error(byte[] body) {
		JsonNode node = Json.read(body);
		String type = Json.text(node, "errorType");
		List<String> frames = new ArrayList<>();
		JsonNode trace = (node != null) ? node.get("stackTrace") : null;
		if (trace != null) {
			trace.forEach((frame) -> frames.add(frame.asString()));
		}
		@Nullable String message = (node != null) ? Json.text(node, "errorMessage") : new String(body, StandardCharsets.UTF_8);
		return new ErrorObject((type != null) ? type : "Runtime.Unknown", message, null, frames);
	}

	/** An invocation that the process is to run. */
	private record Work(FunctionCall call, CompletableFuture<byte[]> answer, Runnable begun) {

	}

}
