package dev.durable.store;

/** Where a callback stands, as outsiders see it. */
public enum CallbackState {

	/** Waiting for its completion. */
	PENDING,

	/** Completed with a result. */
	SUCCEEDED,

	/** Completed with an error. */
	FAILED,

	/** Nobody completed it in time. */
	TIMED_OUT,

	/** Its execution ended first. */
	CLOSED

}
