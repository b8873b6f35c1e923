package dev.durable.store.dynamodb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;

/**
 * What this store object knows about executions that it writes to, so that an append
 * needs no read before it; and one append at a time for each of them. Nothing is decided
 * by it: what is missing or out of date costs a read or a conflict. Bounded; thread-safe.
 */
final class HeldExecutions {

	/** Nobody knows an execution's last position. */
	static final long UNKNOWN = -1;

	private static final int MAX = 20_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ExecutionId, Place> places = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<ExecutionId, Place> eldest) {
			return size() > MAX;
		}

	};

	/** Write after what is being written to the same execution. */
	CompletableFuture<Long> inOrder(ExecutionId id, Write write) {
		CompletableFuture<Long> written = new CompletableFuture<>();
		Place place;
		CompletableFuture<Long> before;
		this.lock.lock();
		try {
			place = this.places.computeIfAbsent(id, (missing) -> new Place());
			before = place.last;
			place.last = written.exceptionally((failure) -> UNKNOWN);
		}
		finally {
			this.lock.unlock();
		}
		before.thenCompose((last) -> write.after(place.row, last)).whenComplete((last, failure) -> {
			if (failure != null) {
				written.completeExceptionally(failure);
			}
			else {
				written.complete(last);
			}
		});
		return written;
	}

	/**
	 * Remember an execution's row; its owned token tells that this store's node owns it.
	 */
	void hold(StoredRow row) {
		this.lock.lock();
		try {
			this.places.computeIfAbsent(row.id(), (missing) -> new Place()).row = row;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable StoredRow get(ExecutionId id) {
		this.lock.lock();
		try {
			Place place = this.places.get(id);
			return (place != null) ? place.row : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forget an execution's row, which somebody else may change from now on. */
	void letGo(ExecutionId id) {
		this.lock.lock();
		try {
			Place place = this.places.get(id);
			if (place != null) {
				place.row = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forget everything about an execution that nothing is being written to. */
	void forget(ExecutionId id) {
		this.lock.lock();
		try {
			this.places.computeIfPresent(id, (known, place) -> place.last.isDone() ? null : place);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** An execution was read up to a position; what is being written knows better. */
	void sawLast(ExecutionId id, long position) {
		this.lock.lock();
		try {
			Place place = this.places.computeIfAbsent(id, (missing) -> new Place());
			if (place.last.isDone() && place.last.join() < position) {
				place.last = CompletableFuture.completedFuture(position);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Writes to an execution. */
	@FunctionalInterface
	interface Write {

		/**
		 * Write.
		 * @param held the row that is held, or {@code null}
		 * @param last the last position, or {@link #UNKNOWN}
		 * @return the new last position
		 */
		CompletableFuture<Long> after(@Nullable StoredRow held, long last);

	}

	/** An execution that is written to. */
	private static final class Place {

		private CompletableFuture<Long> last = CompletableFuture.completedFuture(UNKNOWN);

		private volatile @Nullable StoredRow row;

	}

}
