package dev.durable.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the service with the signer and the connections of the AWS SDK, but without its
 * client, which takes a cold start longer to load than the whole engine. Thread-safe.
 * <p>
 * Only what goes well is done here. Any other call is made again by the client, which
 * knows how to retry, to correct clocks and to tell what went wrong. The request has the
 * same client token then, so the service records it once.
 */
public final class DirectCheckpoints implements CheckpointApi, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DirectCheckpoints.class);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** The version of the API that the SDK's client calls, too. */
	private static final String PATH = "/2025-12-01/durable-executions/";

	private static final int OK = 200;

	private final Service service;

	private final Supplier<? extends SdkHttpClient> connections;

	private final CheckpointApi client;

	private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

	private @Nullable SdkHttpClient opened;

	/**
	 * Create the calls.
	 * @param service which service is called, and by whom
	 * @param connections gives the connections, asked once, when they are first needed
	 * @param client makes the calls that fail
	 */
	public DirectCheckpoints(Service service, Supplier<? extends SdkHttpClient> connections, CheckpointApi client) {
		this.service = Objects.requireNonNull(service, "'service' must not be null");
		this.connections = Objects.requireNonNull(connections, "'connections' must not be null");
		this.client = Objects.requireNonNull(client, "'client' must not be null");
	}

	@Override
	public JsonNode checkpoint(String execution, ObjectNode request) {
		JsonNode answer = answer(to(execution, "/checkpoint").method(SdkHttpMethod.POST)
			.putHeader("Content-Type", "application/json")
			.build(), MAPPER.writeValueAsBytes(request));
		return (answer != null) ? answer : this.client.checkpoint(execution, request);
	}

	@Override
	public JsonNode state(String execution, Page page) {
		JsonNode answer = answer(to(execution, "/state").method(SdkHttpMethod.GET)
			.putRawQueryParameter("CheckpointToken", page.token())
			.putRawQueryParameter("Marker", page.marker())
			.putRawQueryParameter("MaxItems", String.valueOf(page.maxItems()))
			.build(), null);
		return (answer != null) ? answer : this.client.state(execution, page);
	}

	private SdkHttpRequest.Builder to(String arn, String call) {
		return SdkHttpRequest.builder()
			.uri(this.service.endpoint())
			.encodedPath(PATH + SdkHttpUtils.urlEncode(arn) + call)
			.putHeader("User-Agent", "durable-spring");
	}

	/** Return the service's answer, or {@code null} to leave the call to the client. */
	private @Nullable JsonNode answer(SdkHttpRequest request, byte @Nullable [] body) {
		try {
			HttpExecuteResponse response = connections().prepareRequest(signed(request, body)).call();
			try (InputStream content = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
				JsonNode answer = MAPPER.readTree(content.readAllBytes());
				return (response.httpResponse().statusCode() == OK && answer.isObject()) ? answer : null;
			}
		}
		catch (IOException | UncheckedIOException | JacksonException ex) {
			// The message could quote a payload.
			logger.debug("A call is left to the SDK's client ({})", ex.getClass().getSimpleName());
			return null;
		}
	}

	private HttpExecuteRequest signed(SdkHttpRequest request, byte @Nullable [] body) {
		ContentStreamProvider content = (body != null) ? () -> new ByteArrayInputStream(body) : null;
		SignedRequest signed = this.signer.sign((sign) -> sign.identity(this.service.caller())
			.request(request)
			.payload(content)
			.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
			.putProperty(AwsV4HttpSigner.REGION_NAME, this.service.region()));
		// The JDK makes a POST of every request that has content, were it none
		return HttpExecuteRequest.builder().request(signed.request()).contentStreamProvider(content).build();
	}

	private synchronized SdkHttpClient connections() {
		if (this.opened == null) {
			this.opened = this.connections.get();
		}
		return this.opened;
	}

	/** Close the connections. */
	@Override
	public synchronized void close() {
		if (this.opened != null) {
			this.opened.close();
		}
	}

	/**
	 * Which service is called, and by whom.
	 *
	 * @param endpoint its URL
	 * @param region the region that calls are signed for
	 * @param caller whose calls they are
	 */
	public record Service(URI endpoint, String region, AwsCredentialsIdentity caller) {

		/** The caller's secrets are not for logs. */
		@Override
		public String toString() {
			return this.endpoint + " (" + this.region + ")";
		}

	}

}
