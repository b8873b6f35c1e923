package dev.durable;

/** Where an operation stands, in AWS's words. */
public enum OperationStatus {

	/** It was started and has not ended. */
	STARTED,

	/** A failed attempt waits for its retry. */
	PENDING,

	/** The retry is due. */
	READY,

	/** It ended with a result. */
	SUCCEEDED,

	/** It ended with an error. */
	FAILED,

	/** It was given up before its end. */
	CANCELLED,

	/** It did not end in time. */
	TIMED_OUT,

	/** It was stopped from outside. */
	STOPPED;

	/**
	 * Return whether the operation has ended.
	 * @return whether nothing can change this status any more
	 */
	public boolean isTerminal() {
		return switch (this) {
			case STARTED, PENDING, READY -> false;
			case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, STOPPED -> true;
		};
	}

}
