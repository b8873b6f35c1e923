package dev.durable.embedded;

import java.time.Duration;

/** How long an execution waits after invocations that failed: longer each time. */
enum Backoff {

	/** The infrastructure failed, and may be back soon. */
	FAILED(Invoker.LONGEST_PAUSE),

	/** Only other code can go on. */
	BLOCKED(Duration.ofHours(1));

	private final Duration longest;

	Backoff(Duration longest) {
		this.longest = longest;
	}

	/** The pause after a failure that came after so many others. */
	Duration after(int failures) {
		Duration delay = Duration.ofSeconds(1).multipliedBy(1L << Math.min(failures, 20));
		return (delay.compareTo(this.longest) < 0) ? delay : this.longest;
	}

}
