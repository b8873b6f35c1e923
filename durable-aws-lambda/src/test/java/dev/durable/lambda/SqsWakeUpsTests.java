package dev.durable.lambda;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SqsWakeUpsTests {

	private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-wake-ups";

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

	private LoopbackAws aws;

	private SqsClient client;

	@BeforeEach
	void connect() throws IOException {
		this.aws = new LoopbackAws();
		this.client = this.aws.client(SqsClient.builder().checksumValidationEnabled(false));
	}

	@AfterEach
	void disconnect() {
		this.client.close();
		this.aws.close();
	}

	private SqsWakeUps wakeUps() {
		return new SqsWakeUps(() -> this.client, QUEUE, () -> NOW);
	}

	@Test
	void wakeUpIsAMessageOfItsTimeAlone() {
		assertThat(wakeUps().schedule(NOW.plusSeconds(60))).isTrue();
		LoopbackAws.Request request = this.aws.requests.get(0);
		assertThat(request.target()).isEqualTo("AmazonSQS.SendMessage");
		assertThat(request.body().path("QueueUrl").stringValue()).isEqualTo(QUEUE);
		assertThat(request.body().path("MessageBody").stringValue())
			.isEqualTo("{\"durable\":\"wake-up\",\"at\":\"2026-01-01T00:01:01Z\"}");
		assertThat(request.body().path("DelaySeconds").intValue()).isEqualTo(61);
		assertThat(request.body().size()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "-PT1M, 0", "PT0S, 1", "PT15M, 900", "PT14M58S, 899", "P300D, 900" })
	void delayIsWhatIsLeftUpToFifteenMinutes(Duration distance, int seconds) {
		wakeUps().schedule(NOW.plus(distance));
		assertThat(this.aws.requests.get(0).body().path("DelaySeconds").intValue()).isEqualTo(seconds);
	}

	@Test
	void wakeUpWhenTheQueueIsThrottledIsTriedThreeTimesAndLeftToTheSweep() {
		this.aws.fail(400, "RequestThrottled");
		assertThat(wakeUps().schedule(NOW.plusSeconds(60))).isFalse();
		assertThat(this.aws.requests).hasSize(3);
	}

	@Test
	void wakeUpsAreSharedOutByDistance() {
		List<Instant> far = new ArrayList<>();
		WakeUpScheduler both = WakeUpScheduler.byDistance(wakeUps(), far::add, () -> NOW);
		assertThat(both.schedule(NOW.plusSeconds(900))).isTrue();
		assertThat(far).isEmpty();
		assertThat(both.schedule(NOW.plusSeconds(901))).isTrue();
		assertThat(far).containsExactly(NOW.plusSeconds(901));
		assertThat(this.aws.requests).hasSize(1);
	}

	@Test
	void queueMustBeAbleToDelaySingleMessages() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SqsWakeUps(() -> this.client, QUEUE + ".fifo", () -> NOW))
			.withMessage("'queueUrl' must be the URL of a standard queue, as others cannot delay single messages, "
					+ "but was '%s.fifo'".formatted(QUEUE));
	}

}
