package dev.durable.codec;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryJsonTests {

	private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

	private static final String TIMESTAMP = "\"EventTimestamp\":\"2026-03-01T10:00:00.000Z\"";

	private static final String ERROR = "{\"Error\":{\"Payload\":{\"ErrorType\":\"Declined\","
			+ "\"ErrorMessage\":\"no \\\"funds\\\"\",\"ErrorData\":\"{}\",\"StackTrace\":[\"A|b|A.java|1\"]},"
			+ "\"Truncated\":false}";

	private final HistoryJson json = new HistoryJson();

	@Test
	void eventWhenOfAnOperationSaysWhichOne() {
		OperationRef step = new OperationRef(new OperationId("b2"), new OperationId("a1"), "charge",
				OperationSubType.WAIT_FOR_CONDITION);
		HistoryEvent event = new HistoryEvent(7, EventType.STEP_STARTED, AT.plusNanos(5_999_999), step, null, null,
				Map.of("attempt", "1"));
		assertThat(this.json.toJson(event))
			.isEqualTo("{\"EventType\":\"StepStarted\",\"SubType\":\"WaitForCondition\",\"EventId\":7,"
					+ "\"Id\":\"b2\",\"Name\":\"charge\",\"ParentId\":\"a1\","
					+ "\"EventTimestamp\":\"2026-03-01T10:00:00.005Z\",\"StepStartedDetails\":{}}");
	}

	@Test
	void eventWhenOfTheExecutionNamesNoOperation() {
		assertThat(this.json.toJson(event(EventType.EXECUTION_SUCCEEDED, "{\"a\":1}", Map.of())))
			.isEqualTo("{\"EventType\":\"ExecutionSucceeded\",\"EventId\":1," + TIMESTAMP
					+ ",\"ExecutionSucceededDetails\":{\"Result\":{\"Payload\":\"{\\\"a\\\":1}\",\"Truncated\":false}}}");
	}

	@Test
	void historyIsAnObjectWithEventsInTheirOrder() {
		HistoryEvent event = event(EventType.CONTEXT_STARTED, null, Map.of());
		String shown = this.json.toJson(event);
		assertThat(this.json.toJson(List.of(event, event))).isEqualTo("{\"Events\":[" + shown + "," + shown + "]}");
		assertThat(this.json.toJson(List.of())).isEqualTo("{\"Events\":[]}");
	}

	@ParameterizedTest
	@EnumSource
	void eventOfAnyTypeHasItsDetails(EventType type) {
		assertThat(this.json.toJson(event(type, null, Map.of())))
			.startsWith("{\"EventType\":\"%s\",\"EventId\":1,%s,\"%s\":{".formatted(type.text(), TIMESTAMP,
					type.text() + "Details"))
			.containsOnlyOnce("Details");
	}

	@Test
	void executionStartedTellsInputAndTimeout() {
		assertThat(details(event(EventType.EXECUTION_STARTED, "[1]", Map.of("timeout", "PT1H"))))
			.isEqualTo("{\"Input\":{\"Payload\":\"[1]\",\"Truncated\":false},\"ExecutionTimeout\":3600}");
	}

	@ParameterizedTest
	@EnumSource(
			names = { "EXECUTION_SUCCEEDED", "CONTEXT_SUCCEEDED", "CHAINED_INVOKE_SUCCEEDED", "CALLBACK_SUCCEEDED" })
	void successTellsItsResult(EventType type) {
		assertThat(details(event(type, "\"done\"", Map.of())))
			.isEqualTo("{\"Result\":{\"Payload\":\"\\\"done\\\"\",\"Truncated\":false}}");
		assertThat(details(event(type, null, Map.of()))).isEqualTo("{\"Result\":{}}");
	}

	@ParameterizedTest
	@EnumSource(names = { "EXECUTION_FAILED", "EXECUTION_TIMED_OUT", "EXECUTION_STOPPED", "CONTEXT_FAILED",
			"WAIT_CANCELLED", "CHAINED_INVOKE_FAILED", "CHAINED_INVOKE_TIMED_OUT", "CHAINED_INVOKE_STOPPED",
			"CALLBACK_FAILED", "CALLBACK_TIMED_OUT" })
	void failureTellsItsError(EventType type) {
		assertThat(details(failed(type, Map.of()))).isEqualTo(ERROR + "}");
		assertThat(details(event(type, null, Map.of()))).isEqualTo("{}");
	}

	@Test
	void errorWithoutMessageLeavesItOut() {
		HistoryEvent event = new HistoryEvent(1, EventType.CALLBACK_TIMED_OUT, AT, null, null,
				ErrorObject.of("Callback.Timeout", null), Map.of());
		assertThat(details(event))
			.isEqualTo("{\"Error\":{\"Payload\":{\"ErrorType\":\"Callback.Timeout\"},\"Truncated\":false}}");
	}

	@Test
	void waitTellsItsDurationAndItsEnd() {
		assertThat(details(
				event(EventType.WAIT_STARTED, null, Map.of("duration", "PT2S", "dueAt", "2026-03-01T10:00:02.050Z"))))
			.isEqualTo("{\"Duration\":2,\"ScheduledEndTimestamp\":\"2026-03-01T10:00:02.050Z\"}");
		assertThat(details(event(EventType.WAIT_SUCCEEDED, null, Map.of("duration", "P1D"))))
			.isEqualTo("{\"Duration\":86400}");
	}

	@Test
	void durationWhenNotOfWholeSecondsIsADecimalNumber() {
		assertThat(details(event(EventType.WAIT_SUCCEEDED, null, Map.of("duration", "PT0.05S"))))
			.isEqualTo("{\"Duration\":0.05}");
		assertThat(details(event(EventType.WAIT_SUCCEEDED, null, Map.of("duration", "PT10.5S"))))
			.isEqualTo("{\"Duration\":10.5}");
	}

	@Test
	void stepTellsItsAttemptAndWhenTheNextOneFollows() {
		assertThat(details(event(EventType.STEP_SUCCEEDED, "3", Map.of("attempt", "2"))))
			.isEqualTo("{\"Result\":{\"Payload\":\"3\",\"Truncated\":false},\"RetryDetails\":{\"CurrentAttempt\":2}}");
		assertThat(details(event(EventType.STEP_SUCCEEDED, "3", Map.of("attempt", "1", "delay", "PT5S"))))
			.isEqualTo("{\"Result\":{\"Payload\":\"3\",\"Truncated\":false},"
					+ "\"RetryDetails\":{\"CurrentAttempt\":1,\"NextAttemptDelaySeconds\":5}}");
		assertThat(details(failed(EventType.STEP_FAILED, Map.of("attempt", "1", "delay", "PT0.25S"))))
			.isEqualTo(ERROR + ",\"RetryDetails\":{\"CurrentAttempt\":1,\"NextAttemptDelaySeconds\":0.25}}");
		assertThat(details(failed(EventType.STEP_FAILED, Map.of("attempt", "3"))))
			.isEqualTo(ERROR + ",\"RetryDetails\":{\"CurrentAttempt\":3}}");
	}

	@Test
	void chainedInvokeTellsWhatItStarts() {
		assertThat(details(event(EventType.CHAINED_INVOKE_STARTED, "\"tea\"",
				Map.of("function", "shop", "tenantId", "t1", "version", "2", "execution", "e9"))))
			.isEqualTo("{\"FunctionName\":\"shop\",\"TenantId\":\"t1\","
					+ "\"Input\":{\"Payload\":\"\\\"tea\\\"\",\"Truncated\":false},"
					+ "\"ExecutedVersion\":\"2\",\"DurableExecutionArn\":\"e9\"}");
	}

	@Test
	void callbackTellsItsIdAndTimeouts() {
		assertThat(details(event(EventType.CALLBACK_STARTED, null,
				Map.of("callback", "c0ffee", "heartbeatTimeout", "PT10S", "timeout", "PT1M"))))
			.isEqualTo("{\"CallbackId\":\"c0ffee\",\"HeartbeatTimeout\":10,\"Timeout\":60}");
	}

	@Test
	void invocationTellsItsTimeAndItsError() {
		Map<String, String> facts = Map.of("startedAt", "2026-03-01T09:59:59Z", "requestId", "r1");
		String times = "{\"StartTimestamp\":\"2026-03-01T09:59:59.000Z\","
				+ "\"EndTimestamp\":\"2026-03-01T10:00:00.000Z\",\"RequestId\":\"r1\"";
		assertThat(details(event(EventType.INVOCATION_COMPLETED, null, facts))).isEqualTo(times + "}");
		assertThat(details(failed(EventType.INVOCATION_COMPLETED, facts)))
			.isEqualTo(times + "," + ERROR.substring(1) + "}");
	}

	@Test
	void executionDataWhenLeftOutShowsTypesOfErrorsOnly() {
		HistoryJson bare = this.json.withoutExecutionData();
		assertThat(bare.toJson(List.of(event(EventType.STEP_SUCCEEDED, "\"secret\"", Map.of("attempt", "1")))))
			.endsWith("\"StepSucceededDetails\":{\"Result\":{\"Truncated\":true},"
					+ "\"RetryDetails\":{\"CurrentAttempt\":1}}}]}");
		assertThat(bare.toJson(event(EventType.EXECUTION_SUCCEEDED, null, Map.of())))
			.endsWith("\"ExecutionSucceededDetails\":{\"Result\":{}}}");
		assertThat(bare.toJson(failed(EventType.EXECUTION_FAILED, Map.of()))).endsWith(
				"\"ExecutionFailedDetails\":{\"Error\":{\"Payload\":{\"ErrorType\":\"Declined\"},\"Truncated\":true}}}");
		assertThat(details(event(EventType.EXECUTION_SUCCEEDED, "1", Map.of()))).contains("Payload");
	}

	@Test
	void payloadWhenHiddenIsTruncated() {
		assertThat(details(event(EventType.EXECUTION_STARTED, null, Map.of("hidden", "true"))))
			.isEqualTo("{\"Input\":{\"Truncated\":true}}");
		HistoryEvent event = new HistoryEvent(1, EventType.EXECUTION_FAILED, AT, null, null,
				ErrorObject.of("Declined", null), Map.of("hidden", "true"));
		assertThat(details(event))
			.isEqualTo("{\"Error\":{\"Payload\":{\"ErrorType\":\"Declined\"},\"Truncated\":true}}");
	}

	private String details(HistoryEvent event) {
		String shown = this.json.toJson(event);
		String member = "\"" + event.type().text() + "Details\":";
		assertThat(shown).contains(member).endsWith("}");
		return shown.substring(shown.indexOf(member) + member.length(), shown.length() - 1);
	}

	private static HistoryEvent event(EventType type, @Nullable String payload, Map<String, String> details) {
		return new HistoryEvent(1, type, AT, null, payload, null, details);
	}

	private static HistoryEvent failed(EventType type, Map<String, String> details) {
		return new HistoryEvent(1, type, AT, null, null,
				new ErrorObject("Declined", "no \"funds\"", "{}", List.of("A|b|A.java|1")), details);
	}

}
