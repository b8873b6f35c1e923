package dev.durable.embedded;

import dev.durable.TypedFunctionStart.FunctionCall;
import org.jspecify.annotations.Nullable;

/**
 * Turns a call on a stand-in of a bean into the start of a durable function. Thread-safe.
 */
@FunctionalInterface
public interface TypedCalls {

	/**
	 * Record a call.
	 * @param <B> the bean's type
	 * @param type the bean's class
	 * @param call calls exactly one durable function of the stand-in
	 * @return the recorded call
	 * @throws IllegalArgumentException if the class has no durable functions, or the call
	 * is not of that form
	 */
	<B> RecordedCall record(Class<B> type, FunctionCall<B, ?> call);

	/**
	 * Return what records calls on interfaces, which needs nothing but the JDK.
	 * @return the recorder of calls
	 */
	static TypedCalls ofInterfaces() {
		return new InterfaceCalls();
	}

	/**
	 * A recorded call.
	 *
	 * @param function the function's name
	 * @param name the execution's name by the function's idempotency key, or {@code null}
	 * @param input the function's input
	 */
	record RecordedCall(String function, @Nullable String name, @Nullable Object input) {

	}

}
