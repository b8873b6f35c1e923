package dev.durable.operation;

import dev.durable.ChildBody;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of child operations; implemented above the operations. */
@FunctionalInterface
public interface ChildContexts {

	/**
	 * Run code in a context of its own on the calling thread, and check that the code has
	 * asked for everything recorded there.
	 * @param <T> the result
	 * @param child the operation that the context belongs to
	 * @param body the code
	 * @return what it returned
	 * @throws Exception what it threw
	 */
	<T extends @Nullable Object> T run(OperationRef child, ChildBody<T, ?> body) throws Exception;

}
