package dev.durable.sample.orders.chaos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to whichever node answers. */
final class Customer {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final JsonMapper json = JsonMapper.shared();

	private final List<Node> nodes;

	Customer(List<Node> nodes) {
		this.nodes = nodes;
	}

	/** Place an order, again and again with the same key, until it is acknowledged. */
	String place(PlannedOrder order) {
		Reply reply = insist("POST", "/orders", order.json(), order.key());
		if (reply.status() != 202) {
			throw new IllegalStateException("Order %s was answered with %s".formatted(order.key(), reply));
		}
		return this.json.readTree(reply.body()).get("id").asString();
	}

	/** Answer an approval once; {@code null} if nobody knows whether it arrived. */
	@Nullable Integer answer(String id, boolean granted) {
		Reply reply = send(anyNode(), "POST", "/orders/" + id + "/approval", "{\"granted\":%s}".formatted(granted),
				null);
		return (reply != null && reply.status() < 500) ? reply.status() : null;
	}

	/** Read something; {@code null} if it does not exist. */
	@Nullable JsonNode read(String path) {
		Reply reply = insist("GET", path, null, null);
		return (reply.status() == 200) ? this.json.readTree(reply.body()) : null;
	}

	private Reply insist(String method, String path, @Nullable String body, @Nullable String key) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline) {
			Reply reply = send(anyNode(), method, path, body, key);
			if (reply != null && reply.status() < 500) {
				return reply;
			}
			Waiting.pause(100);
		}
		throw new IllegalStateException("No node answered %s %s within %s".formatted(method, path, PATIENCE));
	}

	private @Nullable Reply send(Node node, String method, String path, @Nullable String body, @Nullable String key) {
		HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path))
			.timeout(Duration.ofSeconds(10))
			.header("Content-Type", "application/json")
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		if (key != null) {
			request.header("Idempotency-Key", key);
		}
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Node anyNode() {
		return this.nodes.get(ThreadLocalRandom.current().nextInt(this.nodes.size()));
	}

	private record Reply(int status, String body) {

	}

}
