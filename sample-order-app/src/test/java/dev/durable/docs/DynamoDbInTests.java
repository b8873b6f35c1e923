package dev.durable.docs;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

import org.springframework.context.annotation.Bean;

/** Not scanned: only the test that names it gets it. */
class DynamoDbInTests {

	/** In this process and its memory, without telemetry. */
	@Bean
	DynamoDbAsyncClient dynamoDb() {
		return DynamoDBEmbedded.create(true).dynamoDbAsyncClient();
	}

}
