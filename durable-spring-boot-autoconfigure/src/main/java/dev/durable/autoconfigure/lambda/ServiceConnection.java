package dev.durable.autoconfigure.lambda;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Holds the client without being one, so that it is injected nowhere by accident, and
 * without creating one before it is needed: a cold start that only starts the application
 * does not pay for it. Thread-safe.
 *
 * @param <C> the client
 */
final class ServiceConnection<C extends SdkAutoCloseable> implements AutoCloseable {

	private final @Nullable C theirs;

	private final Supplier<C> factory;

	private @Nullable C own;

	/**
	 * Create the connection.
	 * @param theirs the application's client, or {@code null}
	 * @param factory creates one otherwise
	 */
	ServiceConnection(@Nullable C theirs, Supplier<C> factory) {
		this.theirs = theirs;
		this.factory = factory;
	}

	synchronized C client() {
		if (this.theirs != null) {
			return this.theirs;
		}
		C client = this.own;
		if (client == null) {
			client = this.factory.get();
			this.own = client;
		}
		return client;
	}

	/** Return whether the client is not the application's. */
	boolean isOwn() {
		return this.theirs == null;
	}

	/** Return whether a snapshot of the process would hold a client of ours. */
	synchronized boolean isOpen() {
		return this.own != null;
	}

	/** Close what is not the application's. */
	@Override
	public synchronized void close() {
		if (this.own != null) {
			this.own.close();
		}
	}

}
