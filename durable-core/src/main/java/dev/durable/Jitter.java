package dev.durable;

/** How a delay is spread, so that many retries do not come at once. */
public enum Jitter {

	/** The delay as computed. */
	NONE,

	/** Half of the delay plus a random share of the other half. */
	HALF,

	/** A random share of the delay. */
	FULL

}
