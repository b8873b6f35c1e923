package dev.durable.embedded;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.SignallingStore;
import dev.durable.store.TransactionalStore;

/**
 * A {@link SealedStore} around a store that tells of signals and whose appends can join a
 * transaction.
 */
final class SealedSignallingTransactionalStore extends SealedTransactionalStore implements SignallingStore {

	private final SignallingStore signalling;

	SealedSignallingTransactionalStore(TransactionalStore delegate, SignallingStore signalling, PayloadSealing sealing,
			Executor executor) {
		super(delegate, sealing, executor);
		this.signalling = signalling;
	}

	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		return this.signalling.listen(listener);
	}

}
