package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WakeUpEventTests {

	private static Optional<WakeUpEvent> read(String event) {
		return WakeUpEvent.read(event.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void wakeUpIsReadAsItIsSent() {
		WakeUpEvent.Due due = new WakeUpEvent.Due(Instant.parse("2026-01-01T00:00:01Z"));
		assertThat(read(due.json())).contains(due);
	}

	@Test
	void sweepIsRead() {
		assertThat(read(WakeUpEvent.SWEEP)).contains(new WakeUpEvent.Sweep());
		assertThat(read("{ \"durable\" : \"sweep\" }")).contains(new WakeUpEvent.Sweep());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "\"durable\"", "{\"durable\":true}", "{\"durable\":\"order\"}",
			"{\"durable\":\"sweep\"", "{\"durable\":\"wake-up\"}", "{\"durable\":\"wake-up\",\"at\":\"tomorrow\"}",
			"{\"goods\":\"durable\",\"at\":\"2026-01-01T00:00:01Z\"}", "{\"order\":{\"durable\":\"sweep\"}}",
			"{\"Records\":[]}", "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"durable\":\"sweep\"}}]}",
			"{\"Records\":[{\"messageId\":\"1\",\"eventSource\":\"aws:sqs\",\"body\":\"a durable good\"}]}",
			"{\"Records\":[{\"messageId\":\"1\",\"eventSource\":\"aws:kinesis\",\"body\":\"{\\\"durable\\\":\\\"sweep\\\"}\"}]}",
			"{\"DurableExecutionArn\":\"arn\",\"CheckpointToken\":\"token\",\"durable\":[]}" })
	void eventsOfTheApplicationAreNone(String event) {
		assertThat(read(event)).isEmpty();
	}

	@Test
	void messagesOfAQueueAreReadOneByOne() {
		assertThat(read(
				"{\"Records\":[{\"messageId\":\"1\",\"eventSource\":\"aws:sqs\",\"body\":\"{\\\"durable\\\":\\\"sweep\\\"}\"},"
						+ "{\"messageId\":\"2\",\"eventSource\":\"aws:sqs\",\"body\":\"else\"}]}"))
			.hasValueSatisfying((event) -> assertThat(((WakeUpEvent.Queued) event).messages()).containsExactly(
					new WakeUpEvent.Message("1", new WakeUpEvent.Sweep()), new WakeUpEvent.Message("2", null)));
	}

}
