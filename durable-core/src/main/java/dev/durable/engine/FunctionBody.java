package dev.durable.engine;

import dev.durable.DurableContext;
import org.jspecify.annotations.Nullable;

/** The code of a durable function. */
@FunctionalInterface
public interface FunctionBody {

	/**
	 * Run, or replay, the function.
	 * @param context the execution's root context, also current on the thread
	 * @param input the decoded input
	 * @return the result
	 * @throws Exception if the execution failed
	 */
	@Nullable Object run(DurableContext context, @Nullable Object input) throws Exception;

}
