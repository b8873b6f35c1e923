package dev.durable.journal;

/** What an update does to an operation, in AWS's words. */
public enum OperationAction {

	/** Begin, or begin another attempt. */
	START,

	/** End with a result. */
	SUCCEED,

	/** End with an error. */
	FAIL,

	/** End an attempt; another follows after a delay. */
	RETRY,

	/** Give up. */
	CANCEL

}
