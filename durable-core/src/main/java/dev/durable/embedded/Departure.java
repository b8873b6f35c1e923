package dev.durable.embedded;

/** How a node leaves an execution. */
enum Departure {

	/** It ended, or another node works on it. */
	OVER,

	/** Nobody works on it until it is due or something arrives for it. */
	ASLEEP,

	/** Perhaps it still carries the node's id, and has to be taken over. */
	UNKNOWN

}
