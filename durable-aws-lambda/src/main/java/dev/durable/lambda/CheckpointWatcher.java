package dev.durable.lambda;

import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;

/** Learns what happens to an invocation; called on the thread that calls the service. */
interface CheckpointWatcher {

	/**
	 * An operation has changed.
	 * @param state what is recorded of it now
	 */
	void changed(OperationState state);

	/**
	 * Nothing more can be recorded.
	 * @param reason why
	 */
	void lost(JournalLostException reason);

	/** The time that Lambda gives the invocation is nearly over. */
	void timeIsUp();

}
