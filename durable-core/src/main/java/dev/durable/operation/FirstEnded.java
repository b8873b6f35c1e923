package dev.durable.operation;

import java.util.ArrayList;
import java.util.List;

import dev.durable.DurableFuture;
import dev.durable.OperationId;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first of several operations. Nothing is recorded: the winner is the one
 * that ended at the lowest position of the history, and so it stays.
 *
 * @param <T> the result
 */
public final class FirstEnded<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final List<DurableFuture<? extends T>> futures;

	private final List<OperationId> ids = new ArrayList<>();

	/**
	 * Create the wait.
	 * @param runtime what operations share
	 * @param futures the operations' futures
	 * @throws IllegalArgumentException if there are none, or one is not the future of a
	 * recorded operation
	 */
	public FirstEnded(OperationRuntime runtime, List<? extends DurableFuture<? extends T>> futures) {
		this.runtime = runtime;
		this.futures = List.copyOf(futures);
		if (this.futures.isEmpty()) {
			throw new IllegalArgumentException("'futures' of anyOf must not be empty: nothing would ever end");
		}
		for (DurableFuture<? extends T> future : this.futures) {
			OperationId id = (future instanceof OperationFuture<? extends T> recorded) ? recorded.operationId() : null;
			if (id == null) {
				throw new IllegalArgumentException(
						("'futures' of anyOf must be futures of recorded operations of this execution but number %d is a %s. "
								+ "Run what it stands for with runInChildContextAsync.")
							.formatted(this.ids.size(), future.getClass().getSimpleName()));
			}
			this.ids.add(id);
		}
	}

	/**
	 * Wait for the first one.
	 * @return the future that won
	 */
	@SuppressWarnings("unchecked") // a future only gives results
	public DurableFuture<T> await() {
		this.runtime.threads().await(this.ids, () -> winner() >= 0);
		return (DurableFuture<T>) this.futures.get(winner());
	}

	private int winner() {
		int winner = -1;
		long lowest = Long.MAX_VALUE;
		for (int i = 0; i < this.ids.size(); i++) {
			OperationState state = this.runtime.journal().state(this.ids.get(i));
			if (state != null && state.status().isTerminal() && state.facts().lastPosition() < lowest) {
				lowest = state.facts().lastPosition();
				winner = i;
			}
		}
		return winner;
	}

}
