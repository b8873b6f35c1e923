package dev.durable.lambda;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventBridgeWakeUpsTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/wake-orders";

	private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders";

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

	private LoopbackAws aws;

	private SchedulerClient client;

	@BeforeEach
	void connect() throws IOException {
		this.aws = new LoopbackAws()
			.answer("{\"ScheduleArn\":\"arn:aws:scheduler:eu-central-1:123456789012:schedule/x\"}");
		this.client = this.aws.client(SchedulerClient.builder());
	}

	@AfterEach
	void disconnect() {
		this.client.close();
		this.aws.close();
	}

	private EventBridgeWakeUps wakeUps(String function) {
		return new EventBridgeWakeUps(() -> this.client, new EventBridgeWakeUps.Target("durable", ROLE, function),
				() -> NOW);
	}

	private String name(int request) {
		return this.aws.requests.get(request).path();
	}

	@Test
	void wakeUpIsAScheduleThatRunsOnceAndRemovesItself() {
		assertThat(wakeUps(FUNCTION).schedule(Instant.parse("2026-01-03T00:00:00.001Z"))).isTrue();
		LoopbackAws.Request request = this.aws.requests.get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).matches("/schedules/durable-[0-9a-f]{16}-1767398401");
		JsonNode body = request.body();
		assertThat(body.path("GroupName").stringValue()).isEqualTo("durable");
		assertThat(body.path("ScheduleExpression").stringValue()).isEqualTo("at(2026-01-03T00:00:01)");
		assertThat(body.path("ScheduleExpressionTimezone").stringValue()).isEqualTo("UTC");
		assertThat(body.path("FlexibleTimeWindow").path("Mode").stringValue()).isEqualTo("OFF");
		assertThat(body.path("ActionAfterCompletion").stringValue()).isEqualTo("DELETE");
		assertThat(body.path("Target").path("Arn").stringValue()).isEqualTo(FUNCTION);
		assertThat(body.path("Target").path("RoleArn").stringValue()).isEqualTo(ROLE);
		assertThat(body.path("Target").path("Input").stringValue())
			.isEqualTo("{\"durable\":\"wake-up\",\"at\":\"2026-01-03T00:00:01Z\"}");
		assertThat(body.size()).as("and nothing else but a token").isEqualTo(7);
	}

	@Test
	void wakeUpsOfOneSecondAreOneScheduleAndThoseOfTwoFunctionsAreTwo() {
		Instant at = Instant.parse("2026-01-03T00:00:00.5Z");
		wakeUps(FUNCTION).schedule(at);
		wakeUps(FUNCTION).schedule(at.plusMillis(100));
		wakeUps(FUNCTION).schedule(at.plusMillis(600));
		wakeUps(FUNCTION + "-2").schedule(at);
		assertThat(name(1)).isEqualTo(name(0));
		assertThat(name(2)).isNotEqualTo(name(0));
		assertThat(name(3)).isNotEqualTo(name(0)).endsWith(name(0).substring(name(0).lastIndexOf('-')));
	}

	@Test
	void wakeUpThatIsDueIsScheduledForASecondThatHasNotPassed() {
		wakeUps(FUNCTION).schedule(NOW.minusSeconds(60));
		assertThat(this.aws.requests.get(0).body().path("ScheduleExpression").stringValue())
			.isEqualTo("at(2026-01-01T00:00:03)");
	}

	@Test
	void wakeUpThatIsScheduledAlreadyIsAccepted() {
		this.aws.fail(409, "ConflictException");
		assertThat(wakeUps(FUNCTION).schedule(NOW.plusSeconds(60))).isTrue();
	}

	@Test
	void wakeUpWhenTheServiceRefusesIsTriedThreeTimesAndLeftToTheSweep() {
		this.aws.fail(429, "ThrottlingException");
		assertThat(wakeUps(FUNCTION).schedule(NOW.plusSeconds(60))).isFalse();
		assertThat(this.aws.requests).hasSize(3);
		assertThat(this.aws.requests).extracting((request) -> request.body().path("ClientToken").stringValue())
			.containsOnly(name(0).substring("/schedules/".length()));
	}

	@Test
	void wakeUpWhenTheServiceIsGoneIsLeftToTheSweep() {
		this.aws.close();
		assertThat(wakeUps(FUNCTION).schedule(NOW.plusSeconds(60))).isFalse();
	}

	@Test
	void targetMustSayWhatIsInvokedAndByWhom() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventBridgeWakeUps.Target("durable", "", FUNCTION))
			.withMessage("'roleArn' must not be empty");
	}

}
