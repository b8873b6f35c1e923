package dev.durable.autoconfigure.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of durable execution on AWS Lambda. Immutable.
 *
 * @param function Durable function that this Lambda function runs. By default the one
 * that 'spring.cloud.function.definition' names, the only one there is, or the one that
 * is named like the Lambda function.
 * @param functionNames Lambda functions that run durable functions, by the name of the
 * durable function: a name or an ARN, with or without a version or alias. By default a
 * durable function is run by the Lambda function of the same name.
 * @param qualifier Version or alias of Lambda functions in which executions are started.
 * An alias keeps running executions on the version that began them.
 * @param endpoint Where the Lambda service is, such as http://127.0.0.1:9001. By default
 * the region's.
 * @param region Region of the Lambda functions. By default as the AWS SDK finds it.
 * @param catalog Whether Spring Cloud Function's catalog has a function for each durable
 * function, which starts an execution.
 * @param checkpoint how operations are recorded
 * @param budget what AWS allows an execution
 * @param margin How long before the end of an invocation's time it begins nothing more; a
 * quarter of that time at most.
 * @param onDemand Whether executions in a store of ours are only worked on within
 * invocations. By default in a Lambda function, and nowhere else.
 * @param wakeUp what has this Lambda function invoked when executions in a store of ours
 * are due
 * @param priming Whether to load what an invocation needs while the application starts,
 * or before a snapshot (SnapStart) is taken.
 */
@ConfigurationProperties("durable.lambda")
public record LambdaProperties(@Nullable String function, @DefaultValue Map<String, String> functionNames,
		@DefaultValue("$LATEST") String qualifier, @Nullable URI endpoint, @Nullable String region,
		@DefaultValue("true") boolean catalog, @DefaultValue Checkpoint checkpoint, @DefaultValue Budget budget,
		@DefaultValue("1s") Duration margin, @Nullable Boolean onDemand, @DefaultValue WakeUp wakeUp,
		@DefaultValue("true") boolean priming) {

	public LambdaProperties {
		if (endpoint != null && (endpoint.getScheme() == null || endpoint.getHost() == null)) {
			throw new IllegalArgumentException(
					"'durable.lambda.endpoint' must be like 'https://host:port' but was " + endpoint);
		}
	}

	/**
	 * How operations are recorded.
	 *
	 * @param maxUpdates Most updates of operations that are sent in one call.
	 * @param delay How long an update that nobody waits for may wait for others.
	 * @param direct Whether to call the service without the AWS SDK's client, which makes
	 * cold starts shorter, where the environment of a Lambda function is all that it
	 * takes. What fails is left to the client.
	 */
	public record Checkpoint(@DefaultValue("200") int maxUpdates, @DefaultValue("0ms") Duration delay,
			@DefaultValue("true") boolean direct) {

	}

	/**
	 * What AWS allows an execution.
	 *
	 * @param operations Most operations of one execution, as AWS meters them; a lower
	 * number fails it earlier.
	 */
	public record Budget(@DefaultValue("3000") int operations) {

	}

	/**
	 * What has this Lambda function invoked when executions in a store of ours are due.
	 *
	 * @param type Kind of wake-ups. By default a WakeUpScheduler bean if there is one,
	 * else none: the sweep finds what is due.
	 * @param horizon Wake-ups that are farther away are left to the sweep.
	 * @param queueUrl URL of a standard queue for nothing else, for 'sqs' and 'both'.
	 * @param scheduleGroup Group of the schedules, which must exist, for 'scheduler' and
	 * 'both'.
	 * @param roleArn Role with which the scheduler invokes the function, for 'scheduler'
	 * and 'both'.
	 * @param targetArn Lambda function that the scheduler invokes, for 'scheduler' and
	 * 'both'. By default this one.
	 */
	public record WakeUp(@Nullable WakeUpType type, @DefaultValue("30d") Duration horizon, @Nullable String queueUrl,
			@DefaultValue("default") String scheduleGroup, @Nullable String roleArn, @Nullable String targetArn) {

	}

	/** Kinds of wake-ups. */
	public enum WakeUpType {

		/** Amazon EventBridge Scheduler; up to a minute late. */
		SCHEDULER,

		/** An Amazon SQS queue with delays; about a second late. */
		SQS,

		/**
		 * The queue for what is due within 15 minutes, and the scheduler for the rest.
		 */
		BOTH

	}

}
