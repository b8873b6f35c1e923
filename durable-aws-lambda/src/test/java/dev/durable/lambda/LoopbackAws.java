package dev.durable.lambda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that writes down requests and answers all of them alike. */
final class LoopbackAws implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	final List<Request> requests = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private volatile int status = 200;

	private volatile String answer = "{}";

	private volatile String error = "";

	LoopbackAws() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	LoopbackAws answer(String answer) {
		this.answer = answer;
		return this;
	}

	LoopbackAws fail(int status, String error) {
		this.status = status;
		this.error = error;
		return this;
	}

	/** Configure a client that asks this server, three times at most, without pauses. */
	<C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(B builder) {
		return builder.endpointOverride(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()))
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
			.httpClient(UrlConnectionHttpClient.create())
			.overrideConfiguration((configuration) -> configuration.retryStrategy(StandardRetryStrategy.builder()
				.maxAttempts(3)
				.retryOnException((failure) -> true)
				.backoffStrategy(BackoffStrategy.retryImmediately())
				.throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
				.build()))
			.build();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
					String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")), JSON.readTree(body)));
			byte[] content = this.error.isEmpty() ? this.answer.getBytes(StandardCharsets.UTF_8)
					: "{\"__type\":\"%s\",\"Message\":\"no\"}".formatted(this.error).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			if (!this.error.isEmpty()) {
				exchange.getResponseHeaders().add("X-Amzn-Errortype", this.error);
			}
			exchange.sendResponseHeaders(this.status, content.length);
			exchange.getResponseBody().write(content);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/** What the SDK sent. */
	record Request(String method, String path, String target, JsonNode body) {

	}

}
