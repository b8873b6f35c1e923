package dev.durable.lambda;

import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.lambda.model.KmsDisabledException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which failures of the service fail the execution, and which only the invocation. */
class CheckpointFailureTests extends EngineTest {

	static Stream<Arguments> failuresOfTheExecution() {
		return Stream.of(failure("invalid parameter", () -> FakeService.invalid("Payload too large")),
				failure("not found", () -> ResourceNotFoundException.builder().statusCode(404).message("gone").build()),
				failure("access denied", () -> refused("AccessDeniedException", 403)),
				failure("conflict", () -> refused("ResourceConflictException", 409)),
				failure("key denied",
						() -> KmsAccessDeniedException.builder()
							.statusCode(502)
							.awsErrorDetails(AwsErrorDetails.builder().errorCode("KMSAccessDeniedException").build())
							.build()),
				failure("key disabled without a code",
						() -> KmsDisabledException.builder().statusCode(502).message("disabled").build()));
	}

	static Stream<Arguments> failuresOfTheInvocation() {
		return Stream.of(failure("stale token", () -> FakeService.invalid("Invalid Checkpoint Token")),
				failure("throttled", () -> TooManyRequestsException.builder().statusCode(429).message("slow").build()),
				failure("service error", () -> ServiceException.builder().statusCode(500).message("oops").build()),
				failure("unavailable", () -> refused("ServiceUnavailable", 503)),
				failure("connection refused", () -> SdkClientException.create("Connection refused")),
				failure("anything else", () -> new IllegalStateException("unknown")));
	}

	private static Arguments failure(String name, Supplier<RuntimeException> failure) {
		return Arguments.of(name, failure);
	}

	private static RuntimeException refused(String code, int status) {
		return (RuntimeException) LambdaException.builder()
			.statusCode(status)
			.message(code)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build())
			.build();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failuresOfTheExecution")
	void refusalThatWouldComeAgainFailsTheExecution(String name, Supplier<RuntimeException> failure) {
		JsonNode answer = invoke((context, input) -> {
			this.service.failWith(failure);
			try {
				return context.step("step", String.class, (step) -> "x");
			}
			catch (Throwable ex) {
				return "caught";
			}
		});
		assertStatus(answer, "FAILED");
		assertThat(answer.path("Error").path("ErrorType").asString())
			.isEqualTo(LambdaCheckpointRejectedException.class.getName());
		assertThat(answer.path("Error").path("ErrorMessage").asString())
			.startsWith("Lambda refused a checkpoint of execution '" + FakeService.ARN + "'");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failuresOfTheInvocation")
	void failureThatMayPassFailsTheInvocation(String name, Supplier<RuntimeException> failure) {
		LambdaEngine engine = engine((context, input) -> {
			this.service.failWith(failure);
			try {
				return context.step("step", String.class, (step) -> "x");
			}
			catch (Throwable ex) {
				return "caught";
			}
		});
		assertThatExceptionOfType(LambdaInvocationException.class).isThrownBy(() -> invoke(engine))
			.withMessageStartingWith(
					"Execution '" + FakeService.ARN + "' of function 'orders:1' goes on in another invocation: ");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failuresOfTheExecution")
	void refusalToTellTheStateFailsTheExecution(String name, Supplier<RuntimeException> failure) {
		invoke((context, input) -> {
			context.step("step", String.class, (step) -> "x");
			return null;
		});
		this.service.pageSize(1);
		this.service.failWith(failure);
		assertStatus(invoke((context, input) -> "not reached"), "FAILED");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failuresOfTheInvocation")
	void failureOfTheLastCheckpointFailsTheInvocation(String name, Supplier<RuntimeException> failure) {
		LambdaEngine engine = engine((context, input) -> {
			this.service.failWith(failure);
			return context.randomUUID();
		});
		assertThatExceptionOfType(LambdaInvocationException.class).isThrownBy(() -> invoke(engine));
	}

}
