package dev.durable;

/** Why a map or parallel ended. */
public enum CompletionReason {

	/** Every item has ended. */
	ALL_COMPLETED,

	/** As many items have succeeded as were asked for. */
	MIN_SUCCESSFUL_REACHED,

	/** More items have failed than are tolerated. */
	FAILURE_TOLERANCE_EXCEEDED,

	/** The application's own condition was met. */
	CONDITION_MET

}
