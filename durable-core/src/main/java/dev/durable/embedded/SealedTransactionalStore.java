package dev.durable.embedded;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.durable.payload.PayloadSealing;
import dev.durable.store.Append;
import dev.durable.store.RowChange;
import dev.durable.store.TransactionalStore;

/** A {@link SealedStore} around a store whose appends can join a transaction. */
class SealedTransactionalStore extends SealedStore implements TransactionalStore {

	private final TransactionalStore delegate;

	private final Executor executor;

	SealedTransactionalStore(TransactionalStore delegate, PayloadSealing sealing, Executor executor) {
		super(delegate, sealing, executor);
		this.delegate = delegate;
		this.executor = executor;
	}

	@Override
	public boolean inTransaction() {
		return this.delegate.inTransaction();
	}

	/** The caller's thread may block; what it offloads does not join the transaction. */
	@Override
	public void appendInTransaction(Append append) {
		if (append.row() instanceof RowChange.Create && blocks(append)) {
			this.delegate.onCompletion(() -> {
			}, (completion) -> {
				if (completion == Completion.ROLLED_BACK) {
					this.executor.execute(() -> deleteUnlessStarted(append));
				}
			});
		}
		this.delegate.appendInTransaction(sealed(append));
	}

	@Override
	public void onCompletion(Runnable beforeCommit, Consumer<Completion> afterCompletion) {
		this.delegate.onCompletion(beforeCommit, afterCompletion);
	}

}
