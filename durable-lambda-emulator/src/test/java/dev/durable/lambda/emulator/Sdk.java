package dev.durable.lambda.emulator;

import java.net.URI;
import java.time.Duration;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

import static org.awaitility.Awaitility.await;

/** The real SDK against an emulator. */
final class Sdk {

	private Sdk() {
	}

	static LambdaClient client(URI endpoint) {
		return LambdaClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClient(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1)).build())
			.overrideConfiguration((override) -> override.retryStrategy((strategy) -> strategy.maxAttempts(1)))
			.build();
	}

	/** Start an execution of a function without waiting; returns its ARN. */
	static String start(LambdaClient client, String function, String name, String input) {
		return client
			.invoke((request) -> request.functionName(function)
				.qualifier("$LATEST")
				.durableExecutionName(name)
				.invocationType(InvocationType.EVENT)
				.payload(SdkBytes.fromUtf8String(input)))
			.durableExecutionArn();
	}

	static InvokeResponse invoke(LambdaClient client, String function, String name, String input) {
		return client.invoke((request) -> request.functionName(function)
			.qualifier("1")
			.durableExecutionName(name)
			.payload(SdkBytes.fromUtf8String(input)));
	}

	/** Wait until an execution has ended. */
	static GetDurableExecutionResponse awaitEnd(LambdaClient client, String arn) {
		return await().atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> client.getDurableExecution((request) -> request.durableExecutionArn(arn)),
					(found) -> found.status() != ExecutionStatus.RUNNING);
	}

	static OperationUpdate.Builder update(String id, OperationType type, OperationAction action) {
		return OperationUpdate.builder().id(id).type(type).action(action);
	}

	static OperationUpdate.Builder start(String id, OperationType type) {
		return update(id, type, OperationAction.START);
	}

	static OperationUpdate.Builder succeed(String id, OperationType type) {
		return update(id, type, OperationAction.SUCCEED);
	}

	static OperationUpdate.Builder fail(String id, OperationType type) {
		return update(id, type, OperationAction.FAIL);
	}

	static OperationUpdate.Builder retry(String id, int seconds) {
		return update(id, OperationType.STEP, OperationAction.RETRY)
			.stepOptions((options) -> options.nextAttemptDelaySeconds(seconds));
	}

	static OperationUpdate.Builder pause(String id, int seconds) {
		return start(id, OperationType.WAIT).waitOptions((options) -> options.waitSeconds(seconds));
	}

}
