package dev.durable.spring;

import java.util.concurrent.Callable;

import dev.durable.FunctionVersion;
import org.jspecify.annotations.Nullable;

/**
 * Marks that the engine itself is about to enter a function's body, so that this one call
 * is not taken for a call by somebody who wants an execution.
 */
final class FunctionEntry {

	private static final ThreadLocal<@Nullable FunctionVersion> MARK = new ThreadLocal<>();

	private FunctionEntry() {
	}

	/** Call a function's method with the mark set. */
	static @Nullable Object enter(FunctionVersion function, Callable<? extends @Nullable Object> call)
			throws Exception {
		MARK.set(function);
		try {
			return call.call();
		}
		finally {
			MARK.remove();
		}
	}

	/** Return whether the mark is set for a function, and take it away. */
	static boolean consume(FunctionVersion function) {
		if (!function.equals(MARK.get())) {
			return false;
		}
		MARK.remove();
		return true;
	}

}
