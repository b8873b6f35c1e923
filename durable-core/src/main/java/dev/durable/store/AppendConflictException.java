package dev.durable.store;

import dev.durable.DurableException;
import dev.durable.ExecutionId;

/** A position is taken: nothing of the append was written. */
public class AppendConflictException extends DurableException {

	/**
	 * Create the exception.
	 * @param execution the execution
	 * @param position the first position of the refused append
	 */
	public AppendConflictException(ExecutionId execution, long position) {
		super("Position %d of execution '%s' is taken; another writer was faster".formatted(position, execution));
	}

}
