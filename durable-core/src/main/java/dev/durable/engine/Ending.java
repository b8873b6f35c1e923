package dev.durable.engine;

import dev.durable.journal.JournalLostException;

/** Why the threads of an invocation must leave. */
sealed interface Ending {

	/** All of them wait. */
	record Suspended() implements Ending {

	}

	/** The host asked for it. */
	record Drained() implements Ending {

	}

	/** The function has returned or thrown. */
	record Finished() implements Ending {

	}

	/** The journal takes no more. */
	record Lost(JournalLostException cause) implements Ending {

	}

	/** This process cannot go on. */
	record Crashed(Throwable cause) implements Ending {

	}

}
