package dev.durable.autoconfigure.lambda;

import java.time.InstantSource;

import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.lambda.SqsWakeUps;
import dev.durable.lambda.WakeUpScheduler;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.util.StringUtils;

/**
 * Wake-ups by the queue that the properties name.
 *
 * @param connection asks Amazon SQS
 * @param wakeUp the properties
 */
record QueueWakeUps(ServiceConnection<SqsClient> connection, LambdaProperties.WakeUp wakeUp) implements AutoCloseable {

	WakeUpScheduler scheduler(InstantSource clock) {
		String url = this.wakeUp.queueUrl();
		if (!StringUtils.hasText(url)) {
			throw new StoreSelectionException(
					"'durable.lambda.wake-up.type' needs a queue, but 'durable.lambda.wake-up.queue-url' is not set.",
					"Set it to the URL of a standard queue that is used for nothing else.");
		}
		return new SqsWakeUps(this.connection::client, url, clock);
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
