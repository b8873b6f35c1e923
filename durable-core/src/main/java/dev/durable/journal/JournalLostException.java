package dev.durable.journal;

import org.jspecify.annotations.Nullable;

/**
 * This invocation can record nothing more: somebody else writes the journal now, the
 * execution ended, or the store is out of reach. Code cannot go on from here.
 */
public class JournalLostException extends RuntimeException {

	private final Reason reason;

	/**
	 * Create the exception.
	 * @param reason why
	 * @param message what was found
	 * @param cause the cause
	 */
	public JournalLostException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Return why the journal was lost.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/** Why a journal was lost. */
	public enum Reason {

		/** Another writer took a position: the execution is in other hands, or ended. */
		FENCED,

		/** The store cannot be reached, so nobody knows what it holds. */
		UNAVAILABLE,

		/** The invocation ended and takes no more records. */
		CLOSED

	}

}
