package dev.durable;

import org.jspecify.annotations.Nullable;

/** A function about to be started by its name. Immutable. */
public interface FunctionStart {

	/**
	 * Name the execution: a second start with the same name and input attaches to it.
	 * @param name 1 to 64 of {@code [a-zA-Z0-9-_]}
	 * @return a start with that name
	 */
	FunctionStart named(String name);

	/**
	 * Start an execution; it is durable when this returns, or when the surrounding
	 * transaction on the store's data source commits.
	 * @param input the function's input
	 * @return the execution
	 * @throws ExecutionAlreadyStartedException if the name was used with another input
	 */
	ExecutionHandle<Object> start(@Nullable Object input);

	/**
	 * Start an execution with a typed result.
	 * @param <T> the result
	 * @param input the function's input
	 * @param type the result's type
	 * @return the execution
	 * @throws ExecutionAlreadyStartedException if the name was used with another input
	 */
	<T> ExecutionHandle<T> start(@Nullable Object input, Class<T> type);

}
