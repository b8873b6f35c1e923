package dev.durable;

import org.slf4j.Logger;

/**
 * What the body of a step knows of its attempt; valid on the thread that runs the body.
 */
public interface StepContext {

	/**
	 * Return the execution that the step belongs to.
	 * @return the execution's id
	 */
	ExecutionId executionId();

	/**
	 * Return the step's operation id, which stays the same on every attempt: with the
	 * execution's id it makes an idempotency key for remote calls.
	 * @return the operation's id
	 */
	OperationId operationId();

	/**
	 * Return which attempt this is.
	 * @return 1 for the first
	 */
	int attempt();

	/**
	 * Return the logger of the execution.
	 * @return a logger
	 */
	Logger logger();

}
