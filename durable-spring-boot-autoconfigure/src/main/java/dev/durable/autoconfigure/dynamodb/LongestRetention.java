package dev.durable.autoconfigure.dynamodb;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

import dev.durable.autoconfigure.DurableProperties;

/**
 * How long DynamoDB must leave alone what has ended. It removes old items by itself, by a
 * time that is written when an execution starts and its function's end is unknown.
 *
 * @param duration the longest retention of any function
 */
record LongestRetention(Duration duration) {

	/** Stands for ever, as the engine takes everything longer to be. */
	static final Duration FOR_EVER = Duration.ofDays(36_525);

	static LongestRetention of(Duration retention, Collection<DurableProperties.Function> functions) {
		return new LongestRetention(Stream
			.concat(Stream.of(retention),
					functions.stream().map(DurableProperties.Function::retention).filter(Objects::nonNull))
			.map(LongestRetention::bounded)
			.max(Comparator.naturalOrder())
			.orElseThrow());
	}

	/** Return whether something with a retention is left alone for as long. */
	boolean covers(Duration retention) {
		return bounded(retention).compareTo(this.duration) <= 0;
	}

	private static Duration bounded(Duration retention) {
		return (retention.isNegative() || retention.compareTo(FOR_EVER) > 0) ? FOR_EVER : retention;
	}

}
