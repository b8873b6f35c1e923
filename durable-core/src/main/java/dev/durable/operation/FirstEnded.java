package dev.durable.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.durable.DurableFuture;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first of several operations. Where histories have positions, nothing is
 * recorded: the winner is the one that ended at the lowest, and so it stays. Elsewhere a
 * step records which one this invocation saw win.
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
	 * @param winnerStep the step that records it where positions do not tell
	 * @return the future that won
	 */
	@SuppressWarnings("unchecked") // a future only gives results
	public DurableFuture<T> await(OperationRef winnerStep) {
		this.runtime.threads().await(this.ids, () -> first() != null);
		OperationState first = Objects.requireNonNull(first());
		int index = this.ids.indexOf(first.operation().id());
		return (DurableFuture<T>) this.futures.get(first.hasPosition() ? index : recorded(winnerStep, index));
	}

	/** The order of times may look different to another invocation. */
	private int recorded(OperationRef winnerStep, int index) {
		int winner = new ValueOperation<>(this.runtime, winnerStep, Integer.class).execute(() -> index);
		if (winner < 0 || winner >= this.futures.size()) {
			throw this.runtime.journal()
				.diverged(("Replay cannot use %s: it holds that number %d won but the code has only %d futures. "
						+ "Put the former code back, or give the changed function a new version.")
					.formatted(winnerStep, winner, this.futures.size()));
		}
		return winner;
	}

	private @Nullable OperationState first() {
		return this.ids.stream()
			.map(this.runtime.journal()::state)
			.filter(Objects::nonNull)
			.filter((state) -> state.status().isTerminal())
			.min(OperationState.IN_ORDER_OF_CHANGE)
			.orElse(null);
	}

}
