package dev.durable.lambda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that writes down requests as they come, and gives one answer to all. */
final class RawService implements AutoCloseable {

	final List<Request> requests = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private volatile int status = 200;

	private volatile String answer = "{}";

	RawService() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** A status of 0 closes the connection without an answer. */
	void answer(int status, String answer) {
		this.status = status;
		this.answer = answer;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, String> headers = new TreeMap<>();
			exchange.getRequestHeaders()
				.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
			URI uri = exchange.getRequestURI();
			this.requests.add(new Request(exchange.getRequestMethod(), uri.getRawPath(),
					(uri.getRawQuery() != null) ? uri.getRawQuery() : "", headers,
					exchange.getRequestBody().readAllBytes()));
			if (this.status == 0) {
				return;
			}
			byte[] content = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(this.status, content.length);
			exchange.getResponseBody().write(content);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A request as it came.
	 *
	 * @param method its method
	 * @param path its path, encoded
	 * @param query its query, encoded
	 * @param headers its headers, in lower case
	 * @param body its body
	 */
	record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {

		/** The parameters of the query in the order of their names, encoded. */
		String sortedQuery() {
			return List.of(this.query.split("&")).stream().sorted().collect(Collectors.joining("&"));
		}

	}

}
