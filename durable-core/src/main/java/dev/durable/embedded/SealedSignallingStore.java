package dev.durable.embedded;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.SignallingStore;

/** A {@link SealedStore} around a store that tells of signals. */
final class SealedSignallingStore extends SealedStore implements SignallingStore {

	private final SignallingStore delegate;

	SealedSignallingStore(SignallingStore delegate, PayloadSealing sealing, Executor executor) {
		super(delegate, sealing, executor);
		this.delegate = delegate;
	}

	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		return this.delegate.listen(listener);
	}

}
