package dev.durable.autoconfigure.lambda;

import java.net.URI;
import java.time.Duration;

import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.LambdaPriming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Loads the classes of the engine and of the AWS SDK: by an invocation against no
 * service, and by a call of a port at which nobody listens. Whatever fails only costs the
 * time that was to be saved.
 */
final class LoadedClasses implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LoadedClasses.class);

	private static final URI NOBODY = URI.create("http://127.0.0.1:1");

	@Override
	public void run() {
		try {
			call();
			JacksonPayloadCodec codec = new JacksonPayloadCodec();
			LambdaPriming.run(codec, new ExceptionCodec(codec, (name) -> false, getClass().getClassLoader()));
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Not everything could be loaded early", ex);
		}
	}

	private static void call() {
		try (LambdaClient client = LambdaClient.builder()
			.endpointOverride(NOBODY)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
			.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofMillis(100)))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.build()) {
			client.checkpointDurableExecution((request) -> request.durableExecutionArn("none").checkpointToken("none"));
		}
		catch (SdkException ex) {
			logger.trace("Nobody listens, as expected", ex);
		}
	}

}
