package dev.durable.lambda.crash;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the deaths that were planned came about.
 *
 * @param runs how many runs had some
 * @param died in how many of them a process died
 */
record Toll(int runs, int died) {

	static final Toll NONE = new Toll(0, 0);

	private static final Logger log = LoggerFactory.getLogger(Toll.class);

	Toll plus(Toll other) {
		return new Toll(this.runs + other.runs, this.died + other.died);
	}

	/** Where branches share a checkpoint a run has fewer moments than the first one. */
	void check() {
		log.info("Processes died in {} of {} runs", this.died, this.runs);
		assertThat(this.died).isGreaterThanOrEqualTo(this.runs / 2);
	}

}
