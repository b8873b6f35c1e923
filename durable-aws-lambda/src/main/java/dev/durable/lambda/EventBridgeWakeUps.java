package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/**
 * Wake-ups by EventBridge Scheduler: a schedule for each second at which something is
 * due, which removes itself. Good for any distance; the service may take up to a minute
 * from the time it was told.
 */
public final class EventBridgeWakeUps implements WakeUpScheduler {

	/** For all attempts that the client makes. */
	private static final Duration LONGEST_CALL = Duration.ofSeconds(3);

	/** The service refuses times that have passed when it reads them. */
	private static final Duration SOONEST = Duration.ofSeconds(2);

	private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'")
		.withZone(ZoneOffset.UTC);

	private static final Logger log = LoggerFactory.getLogger(EventBridgeWakeUps.class);

	private final Supplier<SchedulerClient> client;

	private final Target target;

	private final InstantSource clock;

	private final String prefix;

	/**
	 * Create a scheduler.
	 * @param client asked for when it is first needed; it stays its creator's to close
	 * @param target what is invoked
	 * @param clock the store's clock
	 */
	public EventBridgeWakeUps(Supplier<SchedulerClient> client, Target target, InstantSource clock) {
		this.client = Objects.requireNonNull(client, "'client' must not be null");
		this.target = Objects.requireNonNull(target, "'target' must not be null");
		this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
		this.prefix = "durable-" + fingerprint(target.arn()) + "-";
	}

	/** Two functions may share a group. */
	private static String fingerprint(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	@Override
	public boolean schedule(Instant at) {
		Instant time = WakeUpTimes.roundUp(WakeUpTimes.later(at, this.clock.instant().plus(SOONEST)));
		try {
			this.client.get().createSchedule(request(time));
			return true;
		}
		catch (ConflictException ex) {
			return true; // somebody else has asked for the same second
		}
		catch (SdkException ex) {
			log.warn("The wake-up at {} could not be scheduled in group '{}'; the next sweep makes up for it: {}", time,
					this.target.group(), ex.getMessage());
			return false;
		}
	}

	private CreateScheduleRequest request(Instant time) {
		String name = this.prefix + time.getEpochSecond();
		return CreateScheduleRequest.builder()
			.groupName(this.target.group())
			.name(name)
			.clientToken(name)
			.scheduleExpression(AT.format(time))
			.scheduleExpressionTimezone("UTC")
			.flexibleTimeWindow((window) -> window.mode(FlexibleTimeWindowMode.OFF))
			.actionAfterCompletion(ActionAfterCompletion.DELETE)
			.target((invoked) -> invoked.arn(this.target.arn())
				.roleArn(this.target.roleArn())
				.input(new WakeUpEvent.Due(time).json()))
			.overrideConfiguration((configuration) -> configuration.apiCallTimeout(LONGEST_CALL))
			.build();
	}

	/**
	 * What a schedule invokes.
	 *
	 * @param group the schedule group, which must exist
	 * @param roleArn the role that may invoke the function
	 * @param arn the Lambda function
	 */
	public record Target(String group, String roleArn, String arn) {

		public Target {
			notBlank("group", group);
			notBlank("roleArn", roleArn);
			notBlank("arn", arn);
		}

		private static void notBlank(String field, String value) {
			if (value.isBlank()) {
				throw new IllegalArgumentException("'%s' must not be empty".formatted(field));
			}
		}

	}

}
