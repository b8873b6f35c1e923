package dev.durable.store.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.Event;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** An append whose outcome somebody waits for. */
final class PendingAppend implements GroupCommit.Item {

	private static final int ROW_OVERHEAD = 300;

	private final Append append;

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private final long since = System.nanoTime();

	private volatile boolean perhapsWritten;

	PendingAppend(Append append) {
		this.append = append;
	}

	Append append() {
		return this.append;
	}

	CompletionStage<Void> outcome() {
		return this.outcome;
	}

	/** How many nanoseconds it has been waiting. */
	long waited() {
		return System.nanoTime() - this.since;
	}

	void succeed() {
		this.outcome.complete(null);
	}

	/** Remember that an attempt was made whose outcome nobody knows. */
	void perhapsWritten() {
		this.perhapsWritten = true;
	}

	/**
	 * It does not follow; perhaps because an earlier attempt took its position.
	 * @param reason how the database said so
	 */
	void refuse(Throwable reason) {
		if (this.perhapsWritten) {
			unknown(reason);
		}
		else {
			this.outcome.completeExceptionally(
					new AppendConflictException(this.append.execution(), this.append.firstPosition()));
		}
	}

	void unknown(Throwable reason) {
		this.outcome.completeExceptionally((reason instanceof StoreUnavailableException) ? reason
				: new StoreUnavailableException("Could not append position %d of execution '%s'"
					.formatted(this.append.firstPosition(), this.append.execution()), reason));
	}

	@Override
	public Object owner() {
		return this.append.execution();
	}

	@Override
	public int rows() {
		return this.append.events().size();
	}

	@Override
	public long bytes() {
		long bytes = 0;
		for (Event event : this.append.events()) {
			bytes += ROW_OVERHEAD + size(event.content().payload()) + size(event.content().error());
		}
		return bytes;
	}

	@Override
	public void abandon(Throwable reason) {
		unknown(reason);
	}

	private static int size(@Nullable Payload payload) {
		return (payload != null) ? payload.size() : 0;
	}

}
