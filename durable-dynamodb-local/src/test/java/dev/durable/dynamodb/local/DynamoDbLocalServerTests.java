package dev.durable.dynamodb.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DynamoDbLocalServerTests {

	private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("lamp"));

	@TempDir
	private Path directory;

	@Test
	void otherAddressesOfThisMachineAreLeftAlone() throws IOException {
		try (DynamoDbLocalServer server = DynamoDbLocalServer.inMemory(); ServerSocket elsewhere = new ServerSocket()) {
			assertThatCode(() -> elsewhere
				.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), server.endpoint().getPort())))
				.as("a server that listened to all addresses would have taken this one")
				.doesNotThrowAnyException();
		}
	}

	@Test
	void tablesInADirectoryOutliveTheServer() {
		try (DynamoDbLocalServer server = DynamoDbLocalServer.inDirectory(0, this.directory)) {
			ask(server.endpoint(), DynamoDbLocalServerTests::createTable);
			ask(server.endpoint(), (client) -> client.putItem((put) -> put.tableName("things").item(ITEM)));
		}
		try (DynamoDbLocalServer next = DynamoDbLocalServer.inDirectory(0, this.directory)) {
			List<Map<String, AttributeValue>> items = ask(next.endpoint(),
					(client) -> client.scan((scan) -> scan.tableName("things")).items());
			assertThat(items).containsExactly(ITEM);
		}
	}

	@Test
	void tablesInMemoryAreNobodyElses() {
		try (DynamoDbLocalServer one = DynamoDbLocalServer.inMemory();
				DynamoDbLocalServer other = DynamoDbLocalServer.inMemory()) {
			ask(one.endpoint(), DynamoDbLocalServerTests::createTable);
			List<String> tables = ask(other.endpoint(), (client) -> client.listTables().tableNames());
			assertThat(tables).isEmpty();
		}
	}

	@Test
	void portThatIsTakenIsSaid() {
		try (DynamoDbLocalServer server = DynamoDbLocalServer.inMemory()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> DynamoDbLocalServer.inDirectory(server.endpoint().getPort(), this.directory))
				.withMessageContaining("does not start")
				.withMessageContaining(String.valueOf(server.endpoint().getPort()));
		}
	}

	private static Object createTable(DynamoDbClient client) {
		return client.createTable((table) -> table.tableName("things")
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.attributeDefinitions(
					AttributeDefinition.builder().attributeName("id").attributeType(ScalarAttributeType.S).build())
			.keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
	}

	private static <T> T ask(URI endpoint, Function<DynamoDbClient, T> question) {
		try (DynamoDbClient client = DynamoDbClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
			.httpClient(UrlConnectionHttpClient.create())
			.build()) {
			return question.apply(client);
		}
	}

}
