package dev.durable.lambda;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * What a Lambda function's application does with events, besides its ordinary functions:
 * the bean that {@link DurableFunctionInvoker} asks. Thread-safe.
 */
public interface DurableEvents {

	/**
	 * Return whether an event is for durable execution, and for no ordinary function.
	 * @param event the event as it came
	 * @return whether it is
	 */
	boolean isOwn(byte[] event);

	/**
	 * Handle an event that is {@linkplain #isOwn its own}.
	 * @param event the event as it came
	 * @param context Lambda's, for the time that is left
	 * @return the response
	 * @throws RuntimeException if the service is to try again
	 */
	byte[] handle(byte[] event, Context context);

	/**
	 * Run an ordinary function, and then whatever executions it started as far as they
	 * get in this invocation.
	 * @param context Lambda's, for the time that is left
	 * @param function calls the ordinary function
	 * @throws Exception as the function throws it
	 */
	void during(Context context, OrdinaryFunction function) throws Exception;

	/** A call of an ordinary function. */
	@FunctionalInterface
	interface OrdinaryFunction {

		/**
		 * Call it.
		 * @throws Exception as the function throws it
		 */
		void call() throws Exception;

	}

}
