package dev.durable.operation;

import dev.durable.ChildBody;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of child operations; implemented above the operations. */
@FunctionalInterface
public interface ChildContexts {

	/**
	 * Run code in a context of its own on the calling thread, and check that the code has
	 * asked for everything recorded there.
	 * @param <T> the result
	 * @param scope where the context's operations belong
	 * @param body the code
	 * @return what it returned
	 * @throws Exception what it threw
	 */
	<T extends @Nullable Object> T run(ContextScope scope, ChildBody<T, ?> body) throws Exception;

}
