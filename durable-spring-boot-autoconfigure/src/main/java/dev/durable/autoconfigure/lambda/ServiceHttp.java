package dev.durable.autoconfigure.lambda;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Connections to the Lambda service: the JDK's own, which start fastest. */
final class ServiceHttp {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/** A checkpoint of a megabyte on a slow line; who waits longer has lost the line. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final AtomicReference<@Nullable SdkHttpClient> AHEAD = new AtomicReference<>();

	private ServiceHttp() {
	}

	static SdkHttpClient.Builder<?> builder() {
		return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(READ_TIMEOUT);
	}

	/**
	 * Open connections for whoever asks next. Without them the JDK would forget the trust
	 * store that it has read by the next garbage collection, and read it again.
	 */
	static SdkHttpClient openAhead() {
		return Objects.requireNonNull(AHEAD.updateAndGet((opened) -> (opened != null) ? opened : builder().build()));
	}

	static SdkHttpClient open() {
		SdkHttpClient ahead = AHEAD.getAndSet(null);
		return (ahead != null) ? ahead : builder().build();
	}

}
