package dev.durable.autoconfigure.lambda;

import java.net.URI;
import java.util.Set;

import dev.durable.DurableException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;

/**
 * Builds the client of an application that has none. Credentials are those that the SDK's
 * chain finds when they are needed: under SnapStart they come from another place after
 * the restore than before it.
 *
 * @param lambda the properties
 * @param credentials the application's, or {@code null} for those that the SDK finds
 * @param regions what knows the application's region, or {@code null} for the SDK
 */
record OwnLambdaClient(LambdaProperties lambda, @Nullable AwsCredentialsProvider credentials,
		@Nullable AwsRegionProvider regions) {

	private static final int ATTEMPTS = 4;

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/** An emulator demands credentials but does not check them. */
	private static final AwsCredentialsProvider ANYBODY = StaticCredentialsProvider
		.create(AwsBasicCredentials.create("local", "not-checked"));

	/** An explicit place wins over the application's client, which has one of its own. */
	static boolean isAskedFor(LambdaProperties lambda) {
		return lambda.endpoint() != null || lambda.region() != null;
	}

	LambdaClient build() {
		LambdaClientBuilder builder = LambdaClient.builder()
			.httpClientBuilder(ServiceHttp.builder())
			.overrideConfiguration((configuration) -> configuration
				.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build()));
		URI endpoint = this.lambda.endpoint();
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
			throw new DurableException("No Lambda client could be created. Set 'durable.lambda.region' or the "
					+ "environment variable AWS_REGION, or define a LambdaClient bean.", ex);
		}
	}

	private @Nullable Region region(boolean local) {
		if (this.lambda.region() != null) {
			return Region.of(this.lambda.region());
		}
		if (this.regions != null) {
			return this.regions.getRegion();
		}
		return (local && System.getenv("AWS_REGION") == null) ? Region.US_EAST_1 : null;
	}

	private static AwsCredentialsProvider localCredentials() {
		return AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create(),
				EnvironmentVariableCredentialsProvider.create(), ProfileCredentialsProvider.create(), ANYBODY);
	}

}
