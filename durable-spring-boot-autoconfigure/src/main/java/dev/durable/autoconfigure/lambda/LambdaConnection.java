package dev.durable.autoconfigure.lambda;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Holds the client without being one, so that it is injected nowhere by accident, and
 * without creating one before it is needed: a cold start that only starts the application
 * does not pay for it. Thread-safe.
 */
final class LambdaConnection implements AutoCloseable {

	private final @Nullable LambdaClient theirs;

	private final Supplier<LambdaClient> factory;

	private @Nullable LambdaClient own;

	/**
	 * Create the connection.
	 * @param theirs the application's client, or {@code null}
	 * @param factory creates one otherwise
	 */
	LambdaConnection(@Nullable LambdaClient theirs, Supplier<LambdaClient> factory) {
		this.theirs = theirs;
		this.factory = factory;
	}

	synchronized LambdaClient client() {
		if (this.theirs != null) {
			return this.theirs;
		}
		LambdaClient client = this.own;
		if (client == null) {
			client = this.factory.get();
			this.own = client;
		}
		return client;
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
