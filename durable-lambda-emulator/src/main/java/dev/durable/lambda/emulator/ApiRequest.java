package dev.durable.lambda.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to the REST API.
 *
 * @param method its method
 * @param path the decoded parts of its path
 * @param query its parameters
 * @param headers its headers
 * @param body its body
 */
record ApiRequest(String method, List<String> path, Map<String, List<String>> query, Headers headers, byte[] body) {

	/** More than any limit of the service, which then says what is wrong. */
	private static final int MAX_BODY = 32 * 1024 * 1024;

	private static final int MAX_ITEMS = 1_000;

	private static final int DEFAULT_ITEMS = 100;

	static ApiRequest of(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
		if (body.length > MAX_BODY) {
			throw new AwsException(AwsException.Kind.TOO_LARGE,
					"A request may have at most %d bytes".formatted(MAX_BODY));
		}
		URI uri = exchange.getRequestURI();
		List<String> path = new ArrayList<>();
		for (String part : uri.getRawPath().substring(1).split("/")) {
			path.add(decode(part));
		}
		return new ApiRequest(exchange.getRequestMethod(), path, query(uri.getRawQuery()), exchange.getRequestHeaders(),
				body);
	}

	private static Map<String, List<String>> query(@Nullable String raw) {
		Map<String, List<String>> query = new LinkedHashMap<>();
		for (String pair : ((raw != null) ? raw : "").split("&")) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				query.computeIfAbsent(decode(pair.substring(0, equals)), (any) -> new ArrayList<>())
					.add(decode(pair.substring(equals + 1)));
			}
		}
		return query;
	}

	/** A plus sign is no blank in a path, and clients write blanks as %20 anyway. */
	private static String decode(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw AwsException.invalid("The path and the query of a request must be percent-encoded");
		}
	}

	/** The JSON object of the body. */
	JsonNode json() {
		JsonNode node = Json.read(this.body);
		if (node == null || !node.isObject()) {
			throw new AwsException(AwsException.Kind.INVALID_CONTENT, "The body must be a JSON object");
		}
		return node;
	}

	/** The JSON object of the body, or null if it is empty. */
	@Nullable JsonNode optionalJson() {
		return (this.body.length > 0) ? json() : null;
	}

	@Nullable String header(String name) {
		return this.headers.getFirst(name);
	}

	@Nullable String parameter(String name) {
		List<String> values = this.query.getOrDefault(name, List.of());
		return values.isEmpty() ? null : values.get(0);
	}

	List<String> parameters(String name) {
		return this.query.getOrDefault(name, List.of());
	}

	boolean flag(String name, boolean otherwise) {
		String text = parameter(name);
		return (text != null) ? Boolean.parseBoolean(text) : otherwise;
	}

	/** How many items a page may have. */
	int maxItems() {
		String text = parameter("MaxItems");
		if (text != null && !text.matches("\\d{1,9}")) {
			throw AwsException.invalid("'MaxItems' must be a number");
		}
		int items = (text != null) ? Integer.parseInt(text) : 0;
		if (items > MAX_ITEMS) {
			throw AwsException.invalid("'MaxItems' must be at most %d but was %d", MAX_ITEMS, items);
		}
		return (items > 0) ? items : DEFAULT_ITEMS;
	}

	/** A time, as ISO-8601 or in seconds since 1970. */
	@Nullable Instant time(String name) {
		String text = parameter(name);
		if (text == null) {
			return null;
		}
		try {
			return text.matches("[0-9.]+") ? Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1_000))
					: OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException | NumberFormatException ex) {
			throw AwsException.invalid("'%s' must be a time such as 2026-01-31T12:00:00Z", name);
		}
	}

}
