package dev.durable.autoconfigure.lambda;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import dev.durable.lambda.DirectCheckpoints.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectCallsTests {

	private static final URI OWN = URI.create("https://lambda.eu-west-1.amazonaws.com");

	private final Map<String, String> variables = new HashMap<>(Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders",
			"AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", "AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-west-1",
			"AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "session",
			"AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000", "PATH", "/bin"));

	private final Properties properties = new Properties();

	private Optional<Service> service(Map<String, String> durable) {
		LambdaProperties lambda = new Binder(new MapConfigurationPropertySource(durable)).bindOrCreate("durable.lambda",
				LambdaProperties.class);
		return new DirectCalls(this.variables, this.properties, getClass().getClassLoader()).service(lambda);
	}

	@Test
	void serviceIsThatOfTheRegionForTheFunctionsRole() {
		assertThat(service(Map.of()))
			.contains(new Service(OWN, "eu-west-1", AwsSessionCredentials.create("key", "secret", "session")));
	}

	@Test
	void callerWithoutASessionHasNone() {
		this.variables.remove("AWS_SESSION_TOKEN");
		assertThat(service(Map.of()).orElseThrow().caller()).isEqualTo(AwsBasicCredentials.create("key", "secret"));
	}

	@ParameterizedTest
	@CsvSource({ "cn-north-1, https://lambda.cn-north-1.amazonaws.com.cn",
			"us-gov-west-1, https://lambda.us-gov-west-1.amazonaws.com" })
	void endpointIsThatOfThePartition(String region, URI endpoint) {
		this.variables.put("AWS_REGION", region);
		assertThat(service(Map.of()).orElseThrow().endpoint()).isEqualTo(endpoint);
	}

	@Test
	void endpointAndRegionCanBeConfigured() {
		this.variables.put("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:9001");
		assertThat(service(Map.of()).orElseThrow().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9001"));
		Service configured = service(
				Map.of("durable.lambda.endpoint", "http://127.0.0.1:9002", "durable.lambda.region", "us-east-1"))
			.orElseThrow();
		assertThat(configured.endpoint()).isEqualTo(URI.create("http://127.0.0.1:9002"));
		assertThat(configured.region()).isEqualTo("us-east-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY" })
	void clientIsNeededWhereTheEnvironmentDoesNotTellEverything(String missing) {
		this.variables.remove(missing);
		assertThat(service(Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_USE_FIPS_ENDPOINT",
			"AWS_USE_DUALSTACK_ENDPOINT", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_OF_TOMORROW" })
	void clientIsNeededWhereVariablesSetUpTheSdk(String variable) {
		this.variables.put(variable, "any");
		assertThat(service(Map.of())).isEmpty();
	}

	@Test
	void clientIsNeededWhereSystemPropertiesSetUpTheSdk() {
		this.properties.setProperty("aws.region", "us-east-1");
		assertThat(service(Map.of())).isEmpty();
	}

	@Test
	void clientIsNeededWhereAllClientsAreIntercepted(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("software/amazon/awssdk/global/handlers/execution.interceptors");
		Files.createDirectories(file.getParent());
		Files.writeString(file, "com.example.Tracing");
		try (URLClassLoader tracing = new URLClassLoader(new URL[] { directory.toUri().toURL() })) {
			assertThat(new DirectCalls(this.variables, this.properties, tracing).arePossible()).isFalse();
		}
	}

	@Test
	void clientIsUsedWhereDirectCallsAreNotWanted() {
		assertThat(service(Map.of("durable.lambda.checkpoint.direct", "false"))).isEmpty();
	}

}
