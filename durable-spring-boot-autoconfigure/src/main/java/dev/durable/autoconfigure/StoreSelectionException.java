package dev.durable.autoconfigure;

/**
 * The store that the application asks for cannot be set up. Startup prints its message
 * and what to do.
 */
public class StoreSelectionException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param message what was asked for and what was found
	 * @param action what to do
	 */
	public StoreSelectionException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Return what to do.
	 * @return the advice
	 */
	public String action() {
		return this.action;
	}

}
