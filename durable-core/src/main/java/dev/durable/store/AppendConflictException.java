package dev.durable.store;

import dev.durable.DurableException;
import dev.durable.ExecutionId;

/**
 * An append does not follow what the journal holds: nothing of it was written. Its
 * position is taken, or what it was to follow is gone.
 */
public class AppendConflictException extends DurableException {

	/**
	 * Create the exception.
	 * @param execution the execution
	 * @param position the first position of the refused append
	 */
	public AppendConflictException(ExecutionId execution, long position) {
		super(("Position %d of execution '%s' does not follow its journal; another writer was faster, or removed it")
			.formatted(position, execution));
	}

}
