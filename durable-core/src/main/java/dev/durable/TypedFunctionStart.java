package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * A bean's function about to be started by calling it. Immutable.
 *
 * @param <B> the bean's type
 */
public interface TypedFunctionStart<B> {

	/**
	 * Name the execution: a second start with the same name and input attaches to it.
	 * @param name 1 to 64 of {@code [a-zA-Z0-9-_]}
	 * @return a start with that name
	 */
	TypedFunctionStart<B> named(String name);

	/**
	 * Start an execution; it is durable when this returns, or when the surrounding
	 * transaction on the store's data source commits.
	 * @param <T> the result
	 * @param call calls exactly one {@link DurableFunction} method of the bean it is
	 * given
	 * @return the execution
	 * @throws ExecutionAlreadyStartedException if the name was used with another input
	 * @throws IllegalArgumentException if the call is not of that form
	 */
	<T extends @Nullable Object> ExecutionHandle<T> start(FunctionCall<B, T> call);

	/**
	 * A call of one durable function.
	 *
	 * @param <B> the bean's type
	 * @param <T> the result
	 */
	@FunctionalInterface
	interface FunctionCall<B, T extends @Nullable Object> {

		/**
		 * Call the function.
		 * @param bean stands in for the bean and records the call
		 * @return what the function returns; ignored
		 * @throws Exception as the function declares
		 */
		T on(B bean) throws Exception;

	}

}
