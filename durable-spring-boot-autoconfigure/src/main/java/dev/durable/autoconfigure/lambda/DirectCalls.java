package dev.durable.autoconfigure.lambda;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import dev.durable.lambda.DirectCheckpoints.Service;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

import org.springframework.util.StringUtils;

/**
 * Tells whether the service can be called without the SDK's client: in a Lambda function
 * whose variables say where it is and who calls, and in which nothing else sets up the
 * SDK, which alone knows what that means.
 *
 * @param variables the environment variables
 * @param properties the system properties
 * @param classLoader finds what sets up the SDK
 */
record DirectCalls(Map<String, String> variables, Properties properties, ClassLoader classLoader) {

	/**
	 * Lambda's own, as its page on environment variables lists them, and one that the SDK
	 * for Java does not know.
	 */
	private static final Set<String> HARMLESS = Set.of("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
			"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE");

	private static final String ENDPOINT = "AWS_ENDPOINT_URL_LAMBDA";

	/** Names interceptors of all clients, such as those that trace calls. */
	private static final String INTERCEPTORS = "software/amazon/awssdk/global/handlers/execution.interceptors";

	static DirectCalls ofProcess() {
		return new DirectCalls(System.getenv(), System.getProperties(), DirectCalls.class.getClassLoader());
	}

	boolean arePossible() {
		return has(FunctionSelection.LAMBDA_NAME) && has("AWS_REGION") && has("AWS_ACCESS_KEY_ID")
				&& has("AWS_SECRET_ACCESS_KEY") && this.variables.keySet().stream().noneMatch(DirectCalls::setsUpSdk)
				&& this.properties.stringPropertyNames().stream().noneMatch((name) -> name.startsWith("aws."))
				&& this.classLoader.getResource(INTERCEPTORS) == null;
	}

	private static boolean setsUpSdk(String variable) {
		return variable.startsWith("AWS_") && !HARMLESS.contains(variable) && !ENDPOINT.equals(variable)
				&& !variable.startsWith("AWS_LAMBDA_") && !variable.startsWith("AWS_XRAY_");
	}

	private boolean has(String variable) {
		return StringUtils.hasText(this.variables.get(variable));
	}

	private String value(String variable) {
		return Objects.requireNonNull(this.variables.get(variable));
	}

	/** Return the service to call, if it can be called so. */
	Optional<Service> service(LambdaProperties lambda) {
		if (!lambda.checkpoint().direct() || !arePossible()) {
			return Optional.empty();
		}
		String region = (lambda.region() != null) ? lambda.region() : value("AWS_REGION");
		return Optional.of(new Service(endpoint(lambda.endpoint(), region), region, caller()));
	}

	private URI endpoint(@Nullable URI configured, String region) {
		if (configured != null) {
			return configured;
		}
		return URI.create(has(ENDPOINT) ? value(ENDPOINT)
				: "https://lambda.%s.%s".formatted(region, PartitionMetadata.of(Region.of(region)).dnsSuffix()));
	}

	/** Lambda's do not change while the process lives. */
	private AwsCredentials caller() {
		String key = value("AWS_ACCESS_KEY_ID");
		String secret = value("AWS_SECRET_ACCESS_KEY");
		return has("AWS_SESSION_TOKEN") ? AwsSessionCredentials.create(key, secret, value("AWS_SESSION_TOKEN"))
				: AwsBasicCredentials.create(key, secret);
	}

}
