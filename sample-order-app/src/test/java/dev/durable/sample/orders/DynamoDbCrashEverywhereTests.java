package dev.durable.sample.orders;

import java.util.UUID;

import dev.durable.dynamodb.local.DynamoDbLocalServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class DynamoDbCrashEverywhereTests extends CrashEverywhereContract {

	private static DynamoDbLocalServer dynamoDb;

	private static DynamoDbAsyncClient client;

	private static int tables;

	@BeforeAll
	static void startDynamoDb() {
		dynamoDb = DynamoDbLocalServer.inMemory();
		client = DynamoDbAsyncClient.builder()
			.endpointOverride(dynamoDb.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
			.build();
	}

	@AfterAll
	static void stopDynamoDb() {
		client.close();
		dynamoDb.close();
	}

	@Override
	Storage freshStorage() {
		return Storage.dynamoDb("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()), client,
				"life-" + ++tables);
	}

	@Override
	int stride() {
		return 3;
	}

}
