package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.durable.engine.FunctionBody;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the service hands over. */
class EnvelopeTests extends EngineTest {

	private static final FunctionBody ECHO = (context, input) -> input;

	static Stream<Arguments> timestamps() {
		DateTimeFormatter local = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSXXX");
		return Stream.of(form("epoch milliseconds", Instant::toEpochMilli),
				form("epoch seconds with a fraction", (time) -> time.toEpochMilli() / 1000.0),
				form("text in UTC", (time) -> local.format(time.atOffset(ZoneOffset.UTC))),
				form("text with an offset", (time) -> local.format(time.atOffset(ZoneOffset.ofHours(2)))),
				form("ISO-8601", Instant::toString));
	}

	private static Arguments form(String name, Function<Instant, Object> form) {
		return Arguments.of(name, form);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("timestamps")
	void timestampIsReadInEachForm(String name, Function<Instant, Object> form) {
		Instant time = Instant.parse("2026-11-26T12:34:56.789Z");
		assertThat(WireTimes.read(MAPPER.valueToTree(form.apply(time)))).isEqualTo(time);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("timestamps")
	void executionGoesOnFromItsEnvelope(String name, Function<Instant, Object> form) {
		this.timestamps = form;
		FunctionBody body = (context, input) -> {
			String flaky = context.step("flaky", String.class, (step) -> {
				if (step.attempt() == 1) {
					throw new IllegalStateException("again");
				}
				return "done";
			});
			context.wait("pause", Duration.ofMinutes(1));
			return flaky;
		};
		assertStatus(invoke(body), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertStatus(invoke(body), "PENDING");
		assertStatus(invoke(body), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(body), "\"done\"");
	}

	@Test
	void timestampOfAnotherFormIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> WireTimes.read(MAPPER.valueToTree("yesterday")))
			.withMessage("A timestamp must be epoch milliseconds or look like '2026-01-31 12:00:00.000000Z' "
					+ "but was 'yesterday'");
	}

	@Test
	void stateOfSeveralPagesIsReadToItsEndAndTheExecutionMayComeLast() {
		FunctionBody body = (context, input) -> {
			String all = "";
			for (int i = 0; i < 5; i++) {
				String number = "step " + i;
				all += context.step(number, String.class, (step) -> {
					this.log.add(number);
					return "x";
				});
			}
			context.wait("pause", Duration.ofMinutes(1));
			return input + all;
		};
		assertStatus(invoke(body), "PENDING");
		this.service.executionLast();
		this.service.pageSize(2);
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(body), "\"inputxxxxx\"");
		assertThat(this.service.pages()).containsExactly(1000, 1000, 1000);
		assertThat(this.log).hasSize(5);
	}

	@Test
	void listenersAreToldWhetherItIsTheFirstInvocationAndWhatWasUpdated() {
		List<InvocationInfo> begun = new ArrayList<>();
		this.customizer = (builder) -> builder.listeners(List.of(new DurableListener() {

			@Override
			public void onInvocationStart(InvocationInfo invocation) {
				begun.add(invocation);
			}

		}));
		LambdaEngine engine = engine((context, input) -> {
			context.wait("pause", Duration.ofMinutes(1));
			return null;
		});
		invoke(engine);
		this.time.advance(Duration.ofMinutes(1));
		ObjectNode envelope = (ObjectNode) MAPPER.readTree(envelope());
		envelope.putArray("UpdatedOperationIds").add(this.service.operation("pause").id());
		engine.invoke(MAPPER.writeValueAsBytes(envelope), FakeContext.with(this.remaining));
		assertThat(begun).extracting(InvocationInfo::first).containsExactly(true, false);
		assertThat(begun).extracting(InvocationInfo::executionStartedAt).containsOnly(HandTime.START);
		assertThat(begun.get(0).updatedOperations()).isEmpty();
		assertThat(begun.get(1).updatedOperations().values()).extracting((info) -> info.operation().name())
			.containsExactly("pause");
	}

	@Test
	void envelopeIsTold() {
		assertThat(LambdaEngine.isEnvelope(envelope())).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "42", "[]", "{}", "not json", "{\"DurableExecutionArn\":\"arn\"}",
			"{\"DurableExecutionArn\":{},\"CheckpointToken\":\"t\"}",
			"{\"a\":{\"DurableExecutionArn\":\"arn\"," + "\"CheckpointToken\":\"t\"}}", "{\"CheckpointToken\":\"t\",",
			"{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}" })
	void anotherEventIsNoEnvelope(String event) {
		assertThat(LambdaEngine.isEnvelope(event.getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@Test
	void eventWithoutATokenIsRefused() {
		LambdaEngine engine = engine(ECHO);
		byte[] event = "{\"DurableExecutionArn\":\"arn\"}".getBytes(StandardCharsets.UTF_8);
		assertThatIllegalArgumentException().isThrownBy(() -> engine.invoke(event, FakeContext.with(this.remaining)))
			.withMessage("The event must be the envelope of a durable execution but has no 'CheckpointToken'. "
					+ "Start the function by its qualified ARN, as a durable function.");
	}

	@Test
	void stateWithoutTheExecutionFailsTheInvocation() {
		LambdaEngine engine = engine(ECHO);
		ObjectNode envelope = (ObjectNode) MAPPER.readTree(envelope());
		envelope.putObject("InitialExecutionState").putArray("Operations");
		assertThatExceptionOfType(LambdaInvocationException.class)
			.isThrownBy(() -> engine.invoke(MAPPER.writeValueAsBytes(envelope), FakeContext.with(this.remaining)))
			.withMessage("The state of '" + FakeService.ARN
					+ "' must contain the operation of type EXECUTION but has only 0 others");
	}

	@Test
	void executionWithoutAnInputGetsNull() {
		ObjectNode envelope = (ObjectNode) MAPPER.readTree(envelope());
		((ObjectNode) envelope.path("InitialExecutionState").path("Operations").get(0)).remove("ExecutionDetails");
		byte[] answer = engine((context, input) -> "got " + input).invoke(MAPPER.writeValueAsBytes(envelope),
				FakeContext.with(this.remaining));
		assertResult(MAPPER.readTree(answer), "\"got null\"");
	}

	@Test
	void clientIsAskedForOnceAndNotBeforeTheFirstCall() {
		AtomicInteger asked = new AtomicInteger();
		LambdaEngine engine = LambdaEngine.builder(() -> {
			asked.incrementAndGet();
			return this.service;
		}, CODEC).functions(() -> List.of(function("orders", String.class, Object.class, (context, input) -> {
			assertThat(asked).hasValue(0);
			context.step("one", String.class, (step) -> "1");
			context.step("two", String.class, (step) -> "2");
			return asked.get();
		}))).executor(this.threads).time(this.time.time()).build();
		assertResult(invoke(engine), "1");
		assertThat(asked).hasValue(1);
	}

}
