package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import tools.jackson.databind.JsonNode;

/** Lambda, as those see it who start executions and look at them. Thread-safe. */
final class LambdaService implements AutoCloseable {

	private final URI endpoint;

	private final LambdaClient client;

	/** Histories are wanted as they are sent. */
	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	LambdaService(URI endpoint) {
		this.endpoint = endpoint;
		this.client = LambdaClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	/** Start an execution; return its ARN. */
	String start(String function, String name, String input) {
		return this.client
			.invoke((request) -> request.functionName(function)
				.qualifier("$LATEST")
				.durableExecutionName(name)
				.invocationType(InvocationType.EVENT)
				.payload(SdkBytes.fromUtf8String(input)))
			.durableExecutionArn();
	}

	LambdaCallbacks callbacks() {
		return new LambdaCallbacks(this.client);
	}

	List<JsonNode> history(String arn) {
		List<JsonNode> events = new ArrayList<>();
		JsonNode page = page(arn, null);
		events.addAll(Json.list(page.path("Events")));
		while (page.hasNonNull("NextMarker")) {
			page = page(arn, page.path("NextMarker").asString());
			events.addAll(Json.list(page.path("Events")));
		}
		return events;
	}

	private JsonNode page(String arn, @Nullable String marker) {
		String path = "/2025-12-01/durable-executions/%s/history?MaxItems=1000%s".formatted(encode(arn),
				(marker != null) ? "&Marker=" + encode(marker) : "");
		try {
			HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(this.endpoint.resolve(path)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException("The history of %s was answered with status %d: %s".formatted(arn,
						response.statusCode(), response.body()));
			}
			return Json.parse(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a history", ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
