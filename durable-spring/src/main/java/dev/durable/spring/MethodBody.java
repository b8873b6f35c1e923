package dev.durable.spring;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a call after its interception. Can be run several times, once for each
 * attempt.
 */
@FunctionalInterface
interface MethodBody {

	/**
	 * Run the rest of the call.
	 * @param listener told what the user's own code returned, before any advice around it
	 * ends
	 * @return the result
	 * @throws Throwable as the method does
	 */
	@Nullable Object run(BodyListener listener) throws Throwable;

	/** Hears of the result of the user's own code, inside its transaction. */
	@FunctionalInterface
	interface BodyListener {

		/** Hears nothing. */
		BodyListener NONE = (result) -> {
		};

		void returned(@Nullable Object result) throws Exception;

	}

}
