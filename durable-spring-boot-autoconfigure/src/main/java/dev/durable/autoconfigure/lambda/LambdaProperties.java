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
 * @param timeMargin How long before the end of an invocation's time it begins nothing
 * more.
 * @param priming Whether to load what an invocation needs before a snapshot (SnapStart)
 * is taken.
 */
@ConfigurationProperties("durable.lambda")
public record LambdaProperties(@Nullable String function, @DefaultValue Map<String, String> functionNames,
		@DefaultValue("$LATEST") String qualifier, @Nullable URI endpoint, @Nullable String region,
		@DefaultValue("true") boolean catalog, @DefaultValue Checkpoint checkpoint, @DefaultValue Budget budget,
		@DefaultValue("500ms") Duration timeMargin, @DefaultValue("true") boolean priming) {

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
	 */
	public record Checkpoint(@DefaultValue("200") int maxUpdates, @DefaultValue("0ms") Duration delay) {

	}

	/**
	 * What AWS allows an execution.
	 *
	 * @param operations Most operations of one execution, as AWS meters them; a lower
	 * number fails it earlier.
	 */
	public record Budget(@DefaultValue("3000") int operations) {

	}

}
