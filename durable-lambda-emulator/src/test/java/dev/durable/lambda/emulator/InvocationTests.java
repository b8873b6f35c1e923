package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.OperationType;

import static dev.durable.lambda.emulator.Sdk.pause;
import static dev.durable.lambda.emulator.Sdk.start;
import static dev.durable.lambda.emulator.Sdk.succeed;
import static org.assertj.core.api.Assertions.assertThat;

/** What follows from how invocations end. */
class InvocationTests {

	private final Puppet puppet = new Puppet();

	private LambdaEmulator emulator;

	private LambdaClient client;

	@BeforeEach
	void open() {
		this.emulator = LambdaEmulator.builder()
			.function(EmulatedFunction.of("check", this.puppet).withExecutionTimeout(Duration.ofDays(1)))
			.function(EmulatedFunction.of("short", this.puppet)
				.withTimeout(Duration.ofSeconds(1))
				.withExecutionTimeout(Duration.ofDays(1)))
			.speed(100)
			.start();
		this.client = Sdk.client(this.emulator.endpoint());
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@ParameterizedTest(quoteTextArguments = false)
	@CsvSource(delimiter = '|', value = { "nothing | | must answer with a JSON object that has a Status",
			"no JSON | Status | must answer with a JSON object that has a Status",
			"no status | {\"Result\":\"1\"} | must answer with a JSON object that has a Status",
			"an unknown status | {\"Status\":\"DONE\"} | must be SUCCEEDED, FAILED or PENDING",
			"an error of a success | {\"Status\":\"SUCCEEDED\",\"Error\":{}} | SUCCEEDED must not have an Error",
			"a result of a failure | {\"Status\":\"FAILED\",\"Result\":\"1\"} | FAILED must not have a Result",
			"nothing pending | {\"Status\":\"PENDING\"} | needs an operation that is pending" })
	void invocationWhenItsAnswerIsInvalidHasFailedAndIsRepeated(String what, String answer, String message) {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		this.puppet.next().answer((answer != null) ? answer : "");
		this.puppet.next().succeed("1");
		assertThat(ended(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		assertThat(errors(arn)).as(what).first().satisfies((error) -> {
			assertThat(error.errorType()).isEqualTo("Runtime.InvalidAnswer");
			assertThat(error.errorMessage()).contains(message);
		});
	}

	@Test
	void invocationWhenItsAnswerHasNullsIsValid() {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		this.puppet.next().answer("{\"Status\":\"SUCCEEDED\",\"Result\":\"7\",\"Error\":null}");
		assertThat(ended(arn).result()).isEqualTo("7");
	}

	@Test
	void invocationWhenOnlyALeftContextHasPendingWorkIsInvalid() {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		Puppet.Invocation first = this.puppet.next();
		first.checkpoint(this.client, start("c", OperationType.CONTEXT), pause("w", 6_000).parentId("c"),
				succeed("c", OperationType.CONTEXT));
		first.suspend();
		this.puppet.next().succeed("1");
		assertThat(ended(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		assertThat(errors(arn)).first()
			.satisfies((error) -> assertThat(error.errorMessage()).contains("needs an operation that is pending"));
	}

	@Test
	void executionWhenItsFunctionFailsHasTheError() {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		this.puppet.next()
			.answer("{\"Status\":\"FAILED\",\"Error\":{\"ErrorType\":\"Broke\",\"ErrorMessage\":\"no money\","
					+ "\"StackTrace\":[\"a|b|c|1\"]}}");
		GetDurableExecutionResponse failed = ended(arn);
		assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
		assertThat(failed.error())
			.isEqualTo(ErrorObject.builder().errorType("Broke").errorMessage("no money").stackTrace("a|b|c|1").build());
	}

	@Test
	void executionWhenFiveInvocationsFailInARowHasFailed() {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		Puppet.Invocation first = this.puppet.next();
		first.fail(new IllegalStateException("down"));
		Puppet.Invocation second = this.puppet.next();
		String callback = second.checkpoint(this.client, start("cb", OperationType.CALLBACK))
			.newExecutionState()
			.operations()
			.get(0)
			.callbackDetails()
			.callbackId();
		second.suspend();
		this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callback));
		for (int i = 0; i < 5; i++) {
			this.puppet.next().fail(new IllegalStateException("down again"));
		}
		GetDurableExecutionResponse failed = ended(arn);
		assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
		assertThat(failed.error().errorType()).isEqualTo("java.lang.IllegalStateException");
		assertThat(failed.error().errorMessage()).isEqualTo("down again");
	}

	@Test
	void invocationWhenItTakesTooLongIsCutOff() {
		String arn = Sdk.start(this.client, "short", "order-1", "1");
		this.puppet.next().awaitInterrupt();
		this.puppet.next().succeed("1");
		assertThat(ended(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		assertThat(errors(arn)).singleElement().satisfies((error) -> {
			assertThat(error.errorType()).isEqualTo("Sandbox.Timedout");
			assertThat(error.errorMessage()).contains("Task timed out after 1.00 seconds");
		});
	}

	@Test
	void executionWhenItTakesTooLongHasTimedOut() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
		try (LambdaEmulator still = LambdaEmulator.builder()
			.function(EmulatedFunction.of("check", this.puppet).withExecutionTimeout(Duration.ofSeconds(20)))
			.clock(now::get)
			.start(); LambdaClient caller = Sdk.client(still.endpoint())) {
			String arn = Sdk.start(caller, "check", "order-1", "1");
			Puppet.Invocation invocation = this.puppet.next();
			invocation.checkpoint(caller, pause("w", 600));
			invocation.suspend();
			now.set(Instant.EPOCH.plusSeconds(20));
			assertThat(Sdk.awaitEnd(caller, arn).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
		}
	}

	@Test
	void invocationWhenSomethingEndedMeanwhileIsFollowedByAnother() {
		String arn = Sdk.start(this.client, "check", "order-1", "1");
		Puppet.Invocation first = this.puppet.next();
		String callback = first.checkpoint(this.client, start("cb", OperationType.CALLBACK))
			.newExecutionState()
			.operations()
			.get(0)
			.callbackDetails()
			.callbackId();
		this.client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callback));
		this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callback));
		first.suspend();
		assertThat(this.puppet.next().operations().get(1).get("Status").stringValue()).isEqualTo("SUCCEEDED");
		this.client.stopDurableExecution((request) -> request.durableExecutionArn(arn));
	}

	private List<ErrorObject> errors(String arn) {
		return this.client.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn))
			.events()
			.stream()
			.filter((event) -> event.eventType() == EventType.INVOCATION_COMPLETED)
			.map((event) -> event.invocationCompletedDetails().error())
			.filter((error) -> error != null)
			.map((error) -> error.payload())
			.toList();
	}

	private GetDurableExecutionResponse ended(String arn) {
		return Sdk.awaitEnd(this.client, arn);
	}

}
