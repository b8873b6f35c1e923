package dev.durable.lambda;

import java.time.Duration;

import com.amazonaws.services.lambda.runtime.Context;

/** The time that Lambda gives an invocation. */
final class LambdaTime {

	/** A margin is at most one of so many parts, or nothing would ever get done. */
	private static final int MARGIN_PART = 4;

	private LambdaTime() {
	}

	/** The time that is left for work. */
	static Duration without(Duration margin, Context context) {
		Duration left = Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis()));
		Duration most = left.dividedBy(MARGIN_PART);
		return left.minus((margin.compareTo(most) < 0) ? margin : most);
	}

}
