package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * As much of Lambda's Runtime API and of the checkpoint API as one cold start needs: one
 * event, and the time at which something comes of it.
 */
final class RuntimeStub implements AutoCloseable {

	private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:greet:1";

	private static final String ENVELOPE = """
			{"DurableExecutionArn":"%s/durable-execution/g/g","CheckpointToken":"1","InitialExecutionState":{"Operations":[
			{"Id":"g","Type":"EXECUTION","Status":"STARTED","StartTimestamp":0,
			"ExecutionDetails":{"InputPayload":%s}}]}}""";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final AtomicBoolean given = new AtomicBoolean();

	private final CompletableFuture<Long> done = new CompletableFuture<>();

	private final String event;

	private final String mark;

	/**
	 * Create a stub.
	 * @param input the input, as JSON
	 * @param durable whether it is that of a durable execution, which is done with its
	 * first checkpoint; another event is done with its response
	 */
	RuntimeStub(String input, boolean durable) throws IOException {
		this.event = durable ? ENVELOPE.formatted(FUNCTION, quoted(input)) : input;
		this.mark = durable ? "/checkpoint" : "/response";
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String address() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Completes with the time of the first sign that the event was handled. */
	CompletableFuture<Long> done() {
		return this.done;
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		exchange.getRequestBody().readAllBytes();
		if (path.endsWith(this.mark)) {
			this.done.complete(System.nanoTime());
		}
		if (path.endsWith("/invocation/next")) {
			if (this.given.getAndSet(true)) {
				return; // There is no more, and the process waits for it until it is
						// ended.
			}
			exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "1");
			exchange.getResponseHeaders()
				.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000));
			exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", FUNCTION);
			answer(exchange, 200, this.event);
		}
		else if (path.endsWith("/checkpoint")) {
			answer(exchange, 200, "{\"CheckpointToken\":\"2\",\"NewExecutionState\":{\"Operations\":[]}}");
		}
		else if (path.endsWith("/error")) {
			this.done.completeExceptionally(new IllegalStateException("The function failed"));
			answer(exchange, 202, "{}");
		}
		else {
			answer(exchange, 202, "{}");
		}
	}

	private static String quoted(String json) {
		return '"' + json.replace("\"", "\\\"") + '"';
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
