package dev.durable.autoconfigure.lambda;

import java.time.InstantSource;
import java.util.Optional;

import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.lambda.EventBridgeWakeUps;
import dev.durable.lambda.EventBridgeWakeUps.Target;
import dev.durable.lambda.WakeUpScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

import org.springframework.util.StringUtils;

/**
 * Wake-ups by schedules of the group that the properties name.
 *
 * @param connection asks Amazon EventBridge Scheduler
 * @param wakeUp the properties
 * @param invoked knows this Lambda function, once it was invoked
 */
record ScheduleWakeUps(ServiceConnection<SchedulerClient> connection, LambdaProperties.WakeUp wakeUp,
		InvokedFunction invoked) implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ScheduleWakeUps.class);

	WakeUpScheduler scheduler(InstantSource clock) {
		String role = this.wakeUp.roleArn();
		if (!StringUtils.hasText(role)) {
			throw new StoreSelectionException(
					"'durable.lambda.wake-up.type' needs schedules, but 'durable.lambda.wake-up.role-arn' is not set.",
					"Set it to the ARN of a role that scheduler.amazonaws.com may assume and that may invoke the function.");
		}
		return (at) -> target(role)
			.map((target) -> new EventBridgeWakeUps(this.connection::client, target, clock).schedule(at))
			.orElse(false);
	}

	private Optional<Target> target(String role) {
		String arn = StringUtils.hasText(this.wakeUp.targetArn()) ? this.wakeUp.targetArn()
				: this.invoked.arn().orElse(null);
		if (arn == null) {
			logger.warn("A wake-up is left to the sweep, as nobody knows whom to invoke: "
					+ "set 'durable.lambda.wake-up.target-arn' outside of that Lambda function.");
			return Optional.empty();
		}
		return Optional.of(new Target(this.wakeUp.scheduleGroup(), role, arn));
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
