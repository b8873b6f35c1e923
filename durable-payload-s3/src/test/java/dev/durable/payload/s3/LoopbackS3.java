package dev.durable.payload.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The part of S3's protocol that the store needs, for one bucket, with pages of two keys.
 */
final class LoopbackS3 implements AutoCloseable {

	static final String BUCKET = "payloads";

	private static final int PAGE = 2;

	private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

	final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

	final AtomicInteger deletions = new AtomicInteger();

	/** While set, every answer is this status. */
	volatile int failing;

	/** While set, no object can be deleted. */
	volatile boolean locked;

	private final HttpServer server;

	LoopbackS3() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			String path = exchange.getRequestURI().getPath();
			if (this.failing > 0) {
				error(exchange, this.failing, "SlowDown");
			}
			else if (!path.startsWith("/" + BUCKET)) {
				error(exchange, 404, "NoSuchBucket");
			}
			else {
				handle(exchange, path.substring(BUCKET.length() + 1).replaceFirst("^/", ""), body);
			}
		}
	}

	private void handle(HttpExchange exchange, String key, byte[] body) throws IOException {
		Map<String, String> query = query(exchange);
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				this.objects.put(key, body);
				answer(exchange, 200, new byte[0]);
			}
			case "POST" -> {
				this.deletions.incrementAndGet();
				List<String> keys = KEY.matcher(new String(body, StandardCharsets.UTF_8))
					.results()
					.map((result) -> result.group(1))
					.toList();
				xml(exchange, 200, "<DeleteResult>%s</DeleteResult>".formatted(delete(keys)));
			}
			case "GET" -> {
				if (key.isEmpty()) {
					xml(exchange, 200, list(query.getOrDefault("prefix", ""), query.get("continuation-token")));
				}
				else if (this.objects.containsKey(key)) {
					answer(exchange, 200, this.objects.get(key));
				}
				else {
					error(exchange, 404, "NoSuchKey");
				}
			}
			default -> error(exchange, 405, "MethodNotAllowed");
		}
	}

	private String delete(List<String> keys) {
		if (this.locked) {
			return "<Error><Key>%s</Key><Code>AccessDenied</Code></Error>".formatted(keys.get(0));
		}
		keys.forEach(this.objects::remove);
		return "";
	}

	private String list(String prefix, String after) {
		Collection<String> left = this.objects.tailMap((after != null) ? after : prefix, after == null)
			.keySet()
			.stream()
			.filter((key) -> key.startsWith(prefix))
			.toList();
		List<String> page = left.stream().limit(PAGE).toList();
		StringBuilder xml = new StringBuilder("<ListBucketResult>");
		page.forEach((key) -> xml.append("<Contents><Key>%s</Key></Contents>".formatted(key)));
		if (left.size() > PAGE) {
			xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken>"
				.formatted(page.get(PAGE - 1)));
		}
		return xml.append("</ListBucketResult>").toString();
	}

	private static Map<String, String> query(HttpExchange exchange) {
		Map<String, String> query = new TreeMap<>();
		String raw = exchange.getRequestURI().getRawQuery();
		for (String pair : (raw != null) ? raw.split("&") : new String[0]) {
			String[] parts = pair.split("=", 2);
			query.put(parts[0], (parts.length > 1) ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
		}
		return query;
	}

	private static void error(HttpExchange exchange, int status, String code) throws IOException {
		xml(exchange, status, "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code));
	}

	private static void xml(HttpExchange exchange, int status, String body) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "application/xml");
		answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
	}

	private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
