package dev.durable.sample.orders;

import dev.durable.lambda.WakeUpScheduler;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The order service in a process of a plain Lambda function. No component, so that no
 * other test's application finds it.
 */
@Import(OrderApplication.class)
class PlainOrderApplication {

	PlainOrderApplication(ConfigurableApplicationContext context) {
		PlainProcess.starting().started(context);
	}

	@Bean
	static MortalStore mortality() {
		return PlainProcess.starting().store();
	}

	@Bean
	WakeUpScheduler wakeUps() {
		return PlainProcess.starting().wakeUps();
	}

	@Bean(destroyMethod = "")
	DynamoDbAsyncClient dynamoDb() {
		return PlainProcess.starting().dynamoDb();
	}

}
