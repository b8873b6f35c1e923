package dev.durable.autoconfigure.payload;

import org.jspecify.annotations.Nullable;

/**
 * Payloads cannot be encrypted or offloaded as the properties say. Startup prints its
 * message and what to do.
 */
class PayloadConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param message what was asked for and what was found; no key
	 * @param action what to do
	 */
	PayloadConfigurationException(@Nullable String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
