package dev.durable;

/**
 * Starts, finds, watches and stops executions from outside them. Thread-safe.
 */
public interface DurableClient {

	/**
	 * Choose a function by its name.
	 * @param function the function's name
	 * @return the start to complete
	 * @throws UnknownFunctionException if this application has no such function
	 */
	FunctionStart function(String function);

	/**
	 * Choose a bean whose {@link DurableFunction} methods can be started in a typed way.
	 * @param <B> the bean's type
	 * @param type the bean's class
	 * @return the start to complete
	 */
	<B> TypedFunctionStart<B> function(Class<B> type);

	/**
	 * Return a handle on an execution.
	 * @param id the execution
	 * @return the handle; the execution is looked up when the handle is used
	 */
	ExecutionHandle<Object> execution(ExecutionId id);

	/**
	 * Return a typed handle on an execution.
	 * @param <T> the result
	 * @param id the execution
	 * @param type the result's type
	 * @return the handle; the execution is looked up when the handle is used
	 */
	<T> ExecutionHandle<T> execution(ExecutionId id, Class<T> type);

	/**
	 * Return the door through which outsiders complete callbacks.
	 * @return the callbacks
	 */
	DurableCallbacks callbacks();

	/**
	 * List executions, newest first.
	 * @param query which ones
	 * @return one page of them
	 */
	ExecutionPage list(ExecutionQuery query);

}
