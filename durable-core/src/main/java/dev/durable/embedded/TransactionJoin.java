package dev.durable.embedded;

import java.util.function.Consumer;

import dev.durable.embedded.Reservation;
import dev.durable.store.TransactionalStore;
import dev.durable.store.TransactionalStore.Completion;
import org.jspecify.annotations.Nullable;

/**
 * A step's result that commits with the transaction of the step's body, on that thread.
 */
final class TransactionJoin {

	private final AppendQueue queue;

	private final TransactionalStore store;

	private final EventDraft draft;

	private final Consumer<Runnable> permit;

	private final Runnable committed;

	private @Nullable Reservation reservation;

	private TransactionJoin(AppendQueue queue, TransactionalStore store, EventDraft draft, Consumer<Runnable> permit,
			Runnable committed) {
		this.queue = queue;
		this.store = store;
		this.draft = draft;
		this.permit = permit;
		this.committed = committed;
	}

	/** Let a draft commit with the calling thread's transaction. */
	static void join(AppendQueue queue, TransactionalStore store, EventDraft draft, Consumer<Runnable> permit,
			Runnable committed) {
		TransactionJoin join = new TransactionJoin(queue, store, draft, permit, committed);
		store.onCompletion(join::write, join::completed);
	}

	private void write() {
		this.permit.accept(() -> this.reservation = this.queue.reserve(this.draft));
		Reservation reserved = this.reservation;
		if (reserved != null) {
			this.store.appendInTransaction(reserved.append());
		}
	}

	private void completed(Completion completion) {
		Reservation reserved = this.reservation;
		if (reserved == null) {
			return;
		}
		switch (completion) {
			case COMMITTED -> {
				this.committed.run();
				this.queue.landed(reserved);
			}
			case ROLLED_BACK -> this.queue.released(reserved);
			case UNKNOWN -> this.queue.unknown(reserved);
		}
	}

}
