package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * A result that somebody outside delivers, by the callback's id.
 *
 * @param <T> the result
 */
public interface DurableCallback<T extends @Nullable Object> extends DurableFuture<T> {

	/**
	 * Return the id with which {@link DurableClient#callbacks()} completes the callback.
	 * Whoever knows it can complete it: treat it as a secret.
	 * @return the id
	 */
	String callbackId();

}
