package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * Completes callbacks from outside, at most once each. Thread-safe. A completion is
 * durable when the method returns.
 */
public interface DurableCallbacks {

	/**
	 * Deliver the result of a callback.
	 * @param callbackId the callback's id
	 * @param result the result
	 * @throws CallbackNotFoundException if no callback has that id
	 * @throws CallbackAlreadyCompletedException if it ended before
	 */
	void succeed(String callbackId, @Nullable Object result);

	/**
	 * Report that the callback's work failed.
	 * @param callbackId the callback's id
	 * @param error what went wrong
	 * @throws CallbackNotFoundException if no callback has that id
	 * @throws CallbackAlreadyCompletedException if it ended before
	 */
	void fail(String callbackId, ErrorObject error);

	/**
	 * Report that the callback's work goes on, which restarts its heartbeat timeout.
	 * @param callbackId the callback's id
	 * @throws CallbackNotFoundException if no callback has that id
	 * @throws CallbackAlreadyCompletedException if it ended before
	 */
	void heartbeat(String callbackId);

}
