package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Brings appends to the store, and finds out what became of them when the answer was
 * lost.
 */
final class Delivery {

	/** An unknown outcome is asked again this often, with these pauses before. */
	private static final List<Duration> RESEND_AFTER = List.of(Duration.ZERO, Duration.ofMillis(200),
			Duration.ofSeconds(1));

	private final CheckpointStore store;

	private final Executor executor;

	private final Timers timers;

	Delivery(CheckpointStore store, Executor executor, Timers timers) {
		this.store = store;
		this.executor = executor;
		this.timers = timers;
	}

	/**
	 * Write an append, on this thread if the store does so.
	 * @return completes when it is durable; fails with a {@link JournalLostException}
	 * that says whether another writer was faster or nobody knows
	 */
	CompletableFuture<Void> deliver(Append append) {
		CompletableFuture<Void> delivered = new CompletableFuture<>();
		send(append, 0, delivered);
		return delivered;
	}

	private void send(Append append, int resent, CompletableFuture<Void> delivered) {
		CompletionStage<Void> sent;
		try {
			sent = this.store.append(append);
		}
		catch (RuntimeException | Error ex) {
			sent = CompletableFuture.failedFuture(ex);
		}
		sent.whenComplete((nothing, failure) -> {
			if (failure == null) {
				delivered.complete(null);
			}
			else {
				fail(append, resent, delivered,
						(failure instanceof CompletionException) ? failure.getCause() : failure);
			}
		});
	}

	private void fail(Append append, int resent, CompletableFuture<Void> delivered, @Nullable Throwable failure) {
		if (failure instanceof AppendConflictException) {
			execute(append, delivered, () -> settleConflict(append, delivered));
		}
		else if (failure instanceof StoreUnavailableException && resent < RESEND_AFTER.size()) {
			// The same insert again is conclusive: it succeeds, or finds who holds the
			// position.
			this.timers.schedule(RESEND_AFTER.get(resent),
					() -> execute(append, delivered, () -> resend(append, resent + 1, delivered, failure)));
		}
		else {
			giveUp(append, delivered, failure);
		}
	}

	/** Who waits must not wait for ever because there is no thread. */
	private void execute(Append append, CompletableFuture<Void> delivered, Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RuntimeException | Error ex) {
			giveUp(append, delivered, ex);
		}
	}

	/**
	 * Not after a process was frozen: what the append follows may have been removed
	 * meanwhile, and its position be free for another reason.
	 */
	private void resend(Append append, int resent, CompletableFuture<Void> delivered, Throwable failure) {
		Instant latest = append.events().get(0).timestamp().plus(Batch.SURELY_THERE);
		if (this.store.clock().instant().isAfter(latest)) {
			giveUp(append, delivered, failure);
		}
		else {
			send(append, resent, delivered);
		}
	}

	private static void giveUp(Append append, CompletableFuture<Void> delivered, @Nullable Throwable failure) {
		delivered.completeExceptionally(new JournalLostException(Reason.UNAVAILABLE,
				"The journal of execution '%s' cannot be written".formatted(append.execution()), failure));
	}

	private void settleConflict(Append append, CompletableFuture<Void> delivered) {
		try {
			String mine = append.events().get(0).invocation();
			boolean ours = this.store.event(append.execution(), append.firstPosition())
				.filter((event) -> event.invocation().equals(mine))
				.isPresent();
			if (!ours) {
				delivered.completeExceptionally(new JournalLostException(Reason.FENCED,
						"Position %d of execution '%s' was taken by another writer".formatted(append.firstPosition(),
								append.execution()),
						null));
			}
			else if (isApplied(append)) {
				delivered.complete(null);
			}
			else {
				// A transaction took the position, and was said to have been rolled back.
				giveUp(append, delivered, null);
			}
		}
		catch (RuntimeException | Error ex) {
			delivered.completeExceptionally(new JournalLostException(Reason.UNAVAILABLE,
					"The journal of execution '%s' cannot be read".formatted(append.execution()), ex));
		}
	}

	/** What an invocation sends after a transaction does not end as the transaction. */
	private boolean isApplied(Append append) {
		Event last = append.events().get(append.events().size() - 1);
		return this.store.event(append.execution(), last.position())
			.filter((event) -> event.type() == last.type() && Objects.equals(event.operation(), last.operation()))
			.isPresent();
	}

}
