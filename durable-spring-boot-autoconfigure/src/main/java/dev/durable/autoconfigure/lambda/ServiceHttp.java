package dev.durable.autoconfigure.lambda;

import java.time.Duration;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Connections to the Lambda service: the JDK's own, which start fastest. */
final class ServiceHttp {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/** A checkpoint of a megabyte on a slow line; who waits longer has lost the line. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private ServiceHttp() {
	}

	static SdkHttpClient.Builder<?> builder() {
		return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(READ_TIMEOUT);
	}

	static SdkHttpClient open() {
		return builder().build();
	}

}
