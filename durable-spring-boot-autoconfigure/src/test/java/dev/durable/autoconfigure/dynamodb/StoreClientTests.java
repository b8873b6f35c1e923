package dev.durable.autoconfigure.dynamodb;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the store asks DynamoDB with. */
class StoreClientTests {

	private static final NodeId NODE = new NodeId("node-1");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DynamoDbStoreAutoConfiguration.class))
		.withPropertyValues("durable.store.type=dynamodb");

	@Test
	void clientWhenTheApplicationHasOneIsThatAndIsNotClosed() {
		LocalDynamoDb local = new LocalDynamoDb();
		this.contextRunner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("theirs", local.client()))
			.run((context) -> assertThat(client(context)).isSameAs(context.getBean("theirs")));
		assertThat(local.closings()).isZero();
	}

	@Test
	void clientWhenTheApplicationHasNoneIsNoBeanAndIsClosedWithTheContext() {
		DynamoDbAsyncClient[] own = new DynamoDbAsyncClient[1];
		this.contextRunner.withPropertyValues("durable.store.dynamodb.endpoint=http://127.0.0.1:1").run((context) -> {
			assertThat(context).doesNotHaveBean(DynamoDbAsyncClient.class);
			own[0] = client(context);
		});
		assertThatThrownBy(() -> own[0].listTables().join()).hasRootCauseInstanceOf(RejectedExecutionException.class);
	}

	@Test
	void clientWhenItHasAPlaceIsTheStoresOwn() {
		this.contextRunner.withBean(DynamoDbAsyncClient.class, () -> new LocalDynamoDb().client())
			.withPropertyValues("durable.store.dynamodb.region=eu-central-1")
			.run((context) -> {
				assertThat(client(context)).isNotSameAs(context.getBean(DynamoDbAsyncClient.class));
				assertThat(client(context).serviceClientConfiguration().region()).isEqualTo(Region.EU_CENTRAL_1);
			});
	}

	@Test
	void clientWhenItIsTheStoresOwnGivesUpBeforeItsNodeCountsAsSilent() {
		this.contextRunner.withPropertyValues("durable.store.dynamodb.region=eu-central-1").run((context) -> {
			ClientOverrideConfiguration limits = client(context).serviceClientConfiguration().overrideConfiguration();
			assertThat(limits.apiCallAttemptTimeout()).contains(Duration.ofSeconds(2));
			assertThat(limits.apiCallTimeout()).contains(Duration.ofSeconds(8));
			assertThat(limits.retryStrategy())
				.hasValueSatisfying((retry) -> assertThat(retry.maxAttempts()).isEqualTo(4));
		});
	}

	@Test
	@Timeout(30)
	void clientWhenDynamoDbAcceptsButDoesNotAnswerGivesUp() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.contextRunner
				.withPropertyValues("durable.store.dynamodb.endpoint=http://127.0.0.1:" + silent.getLocalPort())
				.run((context) -> assertThatExceptionOfType(StoreUnavailableException.class)
					.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(NODE)));
		}
	}

	@Test
	void clientWhenTheApplicationHasSeveralFailsWithAdvice() {
		this.contextRunner.withBean("first", DynamoDbAsyncClient.class, () -> new LocalDynamoDb().client())
			.withBean("second", DynamoDbAsyncClient.class, () -> new LocalDynamoDb().client())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StoreSelectionException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("has 2 of which none is primary: [first, second]");
					assertThat(failure.action()).contains("@Primary");
				}));
	}

	@Test
	void clientWhenNoRegionIsFoundFailsWithAdvice() {
		this.contextRunner.withBean(AwsRegionProvider.class, () -> () -> {
			throw SdkClientException.create("no region here");
		})
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StoreSelectionException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("no region here");
					assertThat(failure.action()).contains("durable.store.dynamodb.region", "AWS_REGION");
				}));
	}

	@Test
	void clientWhenTheEndpointIsThisMachineNeedsNoCredentials() throws Exception {
		try (RecordingEndpoint endpoint = new RecordingEndpoint()) {
			this.contextRunner.withPropertyValues("durable.store.dynamodb.endpoint=" + endpoint.uri())
				.run((context) -> context.getBean(CheckpointStore.class).heartbeat(NODE));
			assertThat(endpoint.authorizations()).isNotEmpty().allMatch((text) -> text.contains("Credential="));
		}
	}

	@Test
	void clientWhenTheApplicationHasCredentialsAndRegionSignsWithThem() throws Exception {
		try (RecordingEndpoint endpoint = new RecordingEndpoint()) {
			this.contextRunner.withPropertyValues("durable.store.dynamodb.endpoint=" + endpoint.uri())
				.withBean(AwsRegionProvider.class, () -> () -> Region.EU_NORTH_1)
				.withBean(AwsCredentialsProvider.class,
						() -> StaticCredentialsProvider.create(AwsBasicCredentials.create("theirs", "not-checked")))
				.run((context) -> context.getBean(CheckpointStore.class).heartbeat(NODE));
			assertThat(endpoint.authorizations()).isNotEmpty()
				.allMatch((text) -> text.contains("Credential=theirs/") && text.contains("/eu-north-1/dynamodb/"));
		}
	}

	private static DynamoDbAsyncClient client(AssertableApplicationContext context) {
		return context.getBean(DynamoDbStoreAutoConfiguration.StoreClient.class).client();
	}

}
