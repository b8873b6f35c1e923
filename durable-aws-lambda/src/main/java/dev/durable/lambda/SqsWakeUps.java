package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Wake-ups by delayed messages of a queue that invokes the function. To the second, and
 * cheap, up to 15 minutes; what is farther comes early, and {@link LambdaWorker} sends it
 * on.
 */
public final class SqsWakeUps implements WakeUpScheduler {

	/** The longest that SQS knows. */
	static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

	/** For all attempts that the client makes. */
	private static final Duration LONGEST_CALL = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(SqsWakeUps.class);

	private final Supplier<SqsClient> client;

	private final String queueUrl;

	private final InstantSource clock;

	/**
	 * Create a scheduler.
	 * @param client asked for when it is first needed; it stays its creator's to close
	 * @param queueUrl a standard queue for nothing else
	 * @param clock the store's clock
	 */
	public SqsWakeUps(Supplier<SqsClient> client, String queueUrl, InstantSource clock) {
		this.client = Objects.requireNonNull(client, "'client' must not be null");
		this.queueUrl = Objects.requireNonNull(queueUrl, "'queueUrl' must not be null");
		this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
		if (queueUrl.isBlank() || queueUrl.endsWith(".fifo")) {
			throw new IllegalArgumentException(
					"'queueUrl' must be the URL of a standard queue, as others cannot delay single messages, but was '%s'"
						.formatted(queueUrl));
		}
	}

	@Override
	public boolean schedule(Instant at) {
		Instant time = WakeUpTimes.roundUp(at);
		try {
			this.client.get()
				.sendMessage((message) -> message.queueUrl(this.queueUrl)
					.delaySeconds(delay(time))
					.messageBody(new WakeUpEvent.Due(time).json())
					.overrideConfiguration((configuration) -> configuration.apiCallTimeout(LONGEST_CALL)));
			return true;
		}
		catch (SdkException ex) {
			log.warn("The wake-up at {} could not be sent to queue '{}'; the next sweep makes up for it: {}", time,
					this.queueUrl, ex.getMessage());
			return false;
		}
	}

	private int delay(Instant time) {
		Duration delay = Duration.between(this.clock.instant(), time);
		if (delay.isNegative()) {
			return 0;
		}
		return (int) Math.min(delay.plusMillis(999).toSeconds(), LONGEST_DELAY.toSeconds());
	}

}
