package dev.durable;

/**
 * No callback has the given id. The message does not repeat the id, which is a secret.
 */
public class CallbackNotFoundException extends DurableException {

	/** Create the exception. */
	public CallbackNotFoundException() {
		super("No callback has this id. Pass the id exactly as createCallback returned it.");
	}

}
