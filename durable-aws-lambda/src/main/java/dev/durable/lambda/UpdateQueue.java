package dev.durable.lambda;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.durable.journal.OperationUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Updates that wait to be sent, and who waits for them. Belongs to the lock of
 * {@link Checkpointing}.
 */
final class UpdateQueue {

	private final Deque<OperationUpdate> queue = new ArrayDeque<>();

	private final Deque<Flush> flushes = new ArrayDeque<>();

	private long added;

	private long durable;

	private Instant oldest = Instant.MIN;

	void add(List<OperationUpdate> updates, Instant now) {
		if (this.queue.isEmpty()) {
			this.oldest = now;
		}
		this.queue.addAll(updates);
		this.added += updates.size();
	}

	@Nullable OperationUpdate poll() {
		return this.queue.poll();
	}

	/** Whether everything that was added is durable. */
	boolean isDone() {
		return this.added == this.durable;
	}

	/** Whether somebody waits. */
	boolean isAwaited() {
		return !this.flushes.isEmpty();
	}

	/** When the first of those that wait was added. */
	Instant oldest() {
		return this.oldest;
	}

	/** Complete a future when everything added so far is durable. */
	void await(CompletableFuture<Void> done) {
		this.flushes.add(new Flush(this.added, done));
	}

	/** Note that the next ones are durable, and return who waited for that. */
	List<CompletableFuture<Void>> completed(int count) {
		this.durable += count;
		List<CompletableFuture<Void>> done = new ArrayList<>();
		while (isAwaited() && this.flushes.element().upTo() <= this.durable) {
			done.add(this.flushes.remove().done());
		}
		return done;
	}

	/** Return all who wait, and keep nobody waiting. */
	List<CompletableFuture<Void>> abandoned() {
		List<CompletableFuture<Void>> waiting = this.flushes.stream().map(Flush::done).toList();
		this.flushes.clear();
		return waiting;
	}

	private record Flush(long upTo, CompletableFuture<Void> done) {

	}

}
