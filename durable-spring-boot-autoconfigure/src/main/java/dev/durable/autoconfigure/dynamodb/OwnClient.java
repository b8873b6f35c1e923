package dev.durable.autoconfigure.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.StoreSelectionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * Builds the client of an application that has none. It connects when it is first used.
 *
 * @param dynamodb the properties
 * @param credentials the application's, or {@code null} for those that the SDK finds
 * @param regions what knows the application's region, or {@code null} for the SDK
 */
record OwnClient(DurableProperties.DynamoDb dynamodb, @Nullable AwsCredentialsProvider credentials,
		@Nullable AwsRegionProvider regions) {

	/**
	 * DynamoDB answers within milliseconds, and a megabyte of a slow line within a second
	 * or so; who waits longer waits for a lost connection.
	 */
	static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * Nothing waits longer than this, pauses included. A heartbeat must have failed or
	 * succeeded before its node counts as silent, which is after 10 seconds.
	 */
	static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

	/**
	 * As many as fit into {@link #CALL_TIMEOUT} when DynamoDB throttles, with pauses of
	 * up to 1, 2 and 4 seconds.
	 */
	static final int ATTEMPTS = 4;

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/** DynamoDB Local demands credentials and region but does not check them. */
	private static final AwsCredentialsProvider ANYBODY = StaticCredentialsProvider
		.create(AwsBasicCredentials.create("local", "not-checked"));

	/** An explicit place wins over the application's client, which has one of its own. */
	static boolean isAskedFor(DurableProperties.DynamoDb dynamodb) {
		return dynamodb.endpoint() != null || dynamodb.region() != null;
	}

	DynamoDbAsyncClient build() {
		DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder().overrideConfiguration(limits());
		URI endpoint = this.dynamodb.endpoint();
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		boolean local = endpoint != null && LOOPBACK.contains(endpoint.getHost());
		AwsCredentialsProvider who = (this.credentials == null && local) ? localCredentials() : this.credentials;
		if (who != null) {
			builder.credentialsProvider(who);
		}
		try {
			Region where = region(local);
			if (where != null) {
				builder.region(where);
			}
			return builder.build();
		}
		catch (SdkClientException ex) {
			throw new StoreSelectionException("No DynamoDB client could be created: " + ex.getMessage(),
					"Set 'durable.store.dynamodb.region' or the environment variable AWS_REGION, "
							+ "or define a DynamoDbAsyncClient bean.");
		}
	}

	/**
	 * Standard retries, as the adaptive ones hold back all requests, heartbeats too, when
	 * one partition of the table is throttled.
	 */
	private static ClientOverrideConfiguration limits() {
		return ClientOverrideConfiguration.builder()
			.apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
			.apiCallTimeout(CALL_TIMEOUT)
			.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
			.build();
	}

	private @Nullable Region region(boolean local) {
		if (this.dynamodb.region() != null) {
			return Region.of(this.dynamodb.region());
		}
		if (this.regions != null) {
			return this.regions.getRegion();
		}
		return local ? localRegion() : null;
	}

	/** As the SDK finds it, but without asking the machine that it may run on. */
	private static Region localRegion() {
		return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider(),
				() -> Region.US_EAST_1)
			.getRegion();
	}

	private static AwsCredentialsProvider localCredentials() {
		return AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create(),
				EnvironmentVariableCredentialsProvider.create(), ProfileCredentialsProvider.create(), ANYBODY);
	}

}
