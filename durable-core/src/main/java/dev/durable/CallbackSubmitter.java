package dev.durable;

/**
 * Gives the id of a callback to whoever is to complete it. Runs as a step: it is retried
 * when it fails, and not repeated when it has succeeded.
 *
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface CallbackSubmitter<E extends Exception> {

	/**
	 * Give the id away.
	 * @param callbackId the callback's id
	 * @param step the attempt
	 * @throws E if it could not be done
	 */
	void submit(String callbackId, StepContext step) throws E;

}
