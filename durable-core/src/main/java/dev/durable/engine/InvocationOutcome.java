package dev.durable.engine;

import dev.durable.NonDeterministicExecutionException;
import dev.durable.codec.Payload;
import dev.durable.journal.JournalLostException;

/** How one invocation ended. */
public sealed interface InvocationOutcome {

	/**
	 * The function returned.
	 *
	 * @param result its encoded result
	 */
	record Succeeded(Payload result) implements InvocationOutcome {

	}

	/**
	 * The function threw.
	 *
	 * @param error the encoded error
	 */
	record Failed(Payload error) implements InvocationOutcome {

	}

	/** All threads wait for something outside. */
	record Suspended() implements InvocationOutcome {

	}

	/** The host asked the invocation to end early; it can go on elsewhere at once. */
	record Drained() implements InvocationOutcome {

	}

	/**
	 * The code does not fit the history.
	 *
	 * @param cause why it cannot go on
	 * @param error the encoded error
	 */
	record Blocked(NonDeterministicExecutionException cause, Payload error) implements InvocationOutcome {

		/**
		 * Return why it cannot go on, and what to do.
		 * @return the cause's message
		 */
		public String reason() {
			return String.valueOf(this.cause.getMessage());
		}

	}

	/**
	 * The journal is in other hands or out of reach.
	 *
	 * @param cause why
	 */
	record Lost(JournalLostException cause) implements InvocationOutcome {

	}

	/**
	 * This process could not go on.
	 *
	 * @param cause why
	 * @param error the encoded error
	 */
	record Crashed(Throwable cause, Payload error) implements InvocationOutcome {

	}

}
