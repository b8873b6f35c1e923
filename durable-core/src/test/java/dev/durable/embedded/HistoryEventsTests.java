package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.HistoryJson;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryEventsTests {

	private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

	private final ErrorCodec errors = new ExceptionCodec(new JacksonPayloadCodec(), (name) -> true,
			getClass().getClassLoader());

	private final List<Event> journal = new ArrayList<>();

	@Test
	void waitWhenOverTellsHowLongItWas() {
		OperationRef first = operation("w1", OperationSubType.WAIT);
		OperationRef second = operation("w2", OperationSubType.WAIT);
		append("i1", EventType.WAIT_STARTED, first, EventDetails.NONE.with(Details.DURATION, Duration.ofSeconds(2))
			.with(Details.DUE_AT, BEGIN.plusSeconds(3)));
		append("i1", EventType.WAIT_STARTED, second, EventDetails.NONE.with(Details.DURATION, Duration.ofMillis(1500)));
		append("i2", EventType.WAIT_SUCCEEDED, second, EventDetails.NONE);
		append("i2", EventType.WAIT_SUCCEEDED, first, EventDetails.NONE);
		assertThat(details()).containsExactly(
				"\"WaitStartedDetails\":{\"Duration\":2,\"ScheduledEndTimestamp\":\"2026-03-01T10:00:03.000Z\"}}",
				"\"WaitStartedDetails\":{\"Duration\":1.5}}", "\"WaitSucceededDetails\":{\"Duration\":1.5}}",
				"\"WaitSucceededDetails\":{\"Duration\":2}}");
	}

	@Test
	void stepTellsAttemptAndDelay() {
		OperationRef step = operation("s", OperationSubType.STEP);
		append("i1", EventType.STEP_FAILED, step,
				new EventContent(null, this.errors.encode(ErrorObject.of("Declined", "no")),
						EventDetails.NONE.with(Details.ATTEMPT, 1).with(Details.DELAY, Duration.ofSeconds(4))));
		append("i1", EventType.STEP_SUCCEEDED, step,
				new EventContent(Payload.ofText("{\n\t\"ö\":1}"), null, EventDetails.NONE.with(Details.ATTEMPT, 2)));
		assertThat(details()).containsExactly(
				"\"StepFailedDetails\":{\"Error\":{\"Payload\":{\"ErrorType\":\"Declined\",\"ErrorMessage\":\"no\"},"
						+ "\"Truncated\":false},\"RetryDetails\":{\"CurrentAttempt\":1,\"NextAttemptDelaySeconds\":4}}}",
				"\"StepSucceededDetails\":{\"Result\":{\"Payload\":\"{\\n\\t\\\"ö\\\":1}\",\"Truncated\":false},"
						+ "\"RetryDetails\":{\"CurrentAttempt\":2}}}");
	}

	@Test
	void callbackTellsTheLookupPartOfItsIdOnly() {
		CallbackId id = CallbackId.random();
		Payload text = new JacksonPayloadCodec().encode(id.text(), String.class);
		append("i1", EventType.CALLBACK_STARTED, operation("c", OperationSubType.CALLBACK),
				new EventContent(text, null,
						EventDetails.NONE.with(Details.CALLBACK, id.lookup())
							.with(Details.TIMEOUT, Duration.ofMinutes(1))
							.with(Details.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10))));
		assertThat(details())
			.containsExactly("\"CallbackStartedDetails\":{\"CallbackId\":\"%s\",".formatted(id.lookup())
					+ "\"HeartbeatTimeout\":10,\"Timeout\":60}}");
		assertThat(show().toString()).contains(id.lookup()).doesNotContain(id.text()).doesNotContain(id.secret());
	}

	@Test
	void chainedInvokeTellsWhatItStarts() {
		append("i1", EventType.CHAINED_INVOKE_STARTED, operation("n", OperationSubType.CHAINED_INVOKE),
				new EventContent(Payload.ofText("1"), null,
						EventDetails.NONE.with(Details.FUNCTION, "shop")
							.with(Details.TENANT, "t1")
							.with(Details.EXECUTION, "e9")));
		assertThat(details()).containsExactly("\"ChainedInvokeStartedDetails\":{\"FunctionName\":\"shop\","
				+ "\"TenantId\":\"t1\",\"Input\":{\"Payload\":\"1\",\"Truncated\":false},\"DurableExecutionArn\":\"e9\"}}");
	}

	@Test
	void invocationBeginsWithItsFirstEvent() {
		append("starter", EventType.EXECUTION_STARTED, null, EventDetails.NONE);
		append("i1", EventType.STEP_STARTED, operation("s", OperationSubType.STEP), EventDetails.NONE);
		append("i1", EventType.WAIT_STARTED, operation("w", OperationSubType.WAIT), EventDetails.NONE);
		append("i1", EventType.INVOCATION_COMPLETED, null, EventDetails.NONE);
		append("i2", EventType.INVOCATION_COMPLETED, null, EventDetails.NONE);
		assertThat(invocations()).containsExactly(invocation(1, 3, "i1"), invocation(4, 4, "i2"));
	}

	@Test
	void invocationWhenLostKeepsItsOwnId() {
		EventContent lost = new EventContent(null, this.errors.encode(ErrorObject.of("Runtime.ExitError", null)),
				EventDetails.NONE);
		append("starter", EventType.EXECUTION_STARTED, null, EventDetails.NONE);
		append("i1", EventType.STEP_STARTED, operation("s", OperationSubType.STEP), EventDetails.NONE);
		append("i2", EventType.INVOCATION_COMPLETED, null, lost);
		append("i3", EventType.INVOCATION_COMPLETED, null, lost);
		String error = ",\"Error\":{\"Payload\":{\"ErrorType\":\"Runtime.ExitError\"},\"Truncated\":false}}}";
		assertThat(invocations()).containsExactly(invocation(1, 2, "i1").replace("}}", error),
				invocation(3, 3, "i3").replace(",\"RequestId\":\"i3\"}}", error));
	}

	@Test
	void payloadWhenNoTextIsNotShown() {
		byte[] encrypted = { 'a', (byte) 0xC3, 'b' };
		byte[] binary = { 'a', 0, 'b' };
		for (byte[] bytes : List.of(encrypted, binary)) {
			append("i1", EventType.EXECUTION_SUCCEEDED, null,
					new EventContent(new Payload(bytes), null, EventDetails.NONE));
		}
		assertThat(show()).extracting(HistoryEvent::payload).containsOnlyNulls();
		assertThat(details()).containsExactly("\"ExecutionSucceededDetails\":{\"Result\":{\"Truncated\":true}}}",
				"\"ExecutionSucceededDetails\":{\"Result\":{\"Truncated\":true}}}");
	}

	@Test
	void errorWhenEncryptedShowsItsTypeOnly() {
		ErrorCodec encrypting = new ErrorCodec() {

			@Override
			public ErrorObject describe(Throwable error) {
				return HistoryEventsTests.this.errors.describe(error);
			}

			@Override
			public @Nullable Throwable rebuild(ErrorObject error) {
				return null;
			}

			@Override
			public Payload encode(ErrorObject error) {
				throw new UnsupportedOperationException();
			}

			@Override
			public ErrorObject decode(Payload payload) {
				return new ErrorObject("Declined", "card 4111", "{\"card\":4111}", List.of("A|b|A.java|1"));
			}

		};
		append("i1", EventType.EXECUTION_FAILED, null,
				new EventContent(null, new Payload(new byte[] { 1, 2, 3 }), EventDetails.NONE));
		HistoryEvent shown = new HistoryEvents(encrypting).show(this.journal).get(0);
		assertThat(shown.error()).isEqualTo(ErrorObject.of("Declined", null));
		assertThat(new HistoryJson().toJson(shown)).endsWith(
				"\"ExecutionFailedDetails\":{\"Error\":{\"Payload\":{\"ErrorType\":\"Declined\"},\"Truncated\":true}}}");
	}

	private void append(String invocation, EventType type, @Nullable OperationRef operation, EventDetails details) {
		append(invocation, type, operation, EventContent.of(details));
	}

	/** Each event comes a second after the one before it. */
	private void append(String invocation, EventType type, @Nullable OperationRef operation, EventContent content) {
		int index = this.journal.size();
		this.journal.add(new Event(index + 1, type, invocation, BEGIN.plusSeconds(index), operation, content));
	}

	private static OperationRef operation(String id, OperationSubType subType) {
		return new OperationRef(new OperationId(id), null, null, subType);
	}

	private List<HistoryEvent> show() {
		return new HistoryEvents(this.errors).show(this.journal);
	}

	private List<String> details() {
		return show().stream().map(HistoryEventsTests::details).toList();
	}

	private List<String> invocations() {
		return details().stream().filter((text) -> text.startsWith("\"InvocationCompleted")).toList();
	}

	private static String invocation(int begin, int end, String id) {
		return ("\"InvocationCompletedDetails\":{\"StartTimestamp\":\"2026-03-01T10:00:0%d.000Z\","
				+ "\"EndTimestamp\":\"2026-03-01T10:00:0%d.000Z\",\"RequestId\":\"%s\"}}")
			.formatted(begin, end, id);
	}

	private static String details(HistoryEvent event) {
		String shown = new HistoryJson().toJson(event);
		return shown.substring(shown.indexOf("\"" + event.type().text() + "Details"));
	}

}
