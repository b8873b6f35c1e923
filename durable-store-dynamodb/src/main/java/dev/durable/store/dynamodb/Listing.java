package dev.durable.store.dynamodb;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionStatus;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lists of executions: those of each status by their start, and those that have
 * ended by when they expire.
 *
 * @param table where
 * @param keys under which keys
 * @param isKept whether there are lists at all
 */
record Listing(Table table, Keys keys, boolean isKept) {

	/** Show an execution as its state is. */
	CompletableFuture<Void> show(ExecutionIdentity identity, @Nullable ExecutionState from, ExecutionState to) {
		if (!this.isKept || (from != null && !isShownDifferently(from, to))) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> listed = this.table.put(entry(identity, to));
		if (to.expiresAt() == null) {
			return listed;
		}
		Item expiring = Item.at(this.keys.expiring(to.expiresAt(), identity.id()))
			.with(Attributes.EXECUTION, identity.id().value())
			.with(Attributes.STARTED_AT, identity.startedAt())
			.with(Attributes.STATUS, to.status().name());
		return CompletableFuture.allOf(listed, this.table.put(expiring));
	}

	/** Show an execution no longer where it was. */
	CompletableFuture<Void> hide(ExecutionIdentity identity, ExecutionState from, ExecutionState to) {
		boolean moved = this.isKept && from.status() != to.status();
		return moved ? this.table.delete(this.keys.listed(from.status(), identity.startedAt(), identity.id()))
				: CompletableFuture.completedFuture(null);
	}

	/** Show an execution that has ended no longer among those that run. */
	CompletableFuture<Void> hideRunning(ExecutionIdentity identity) {
		return this.isKept
				? this.table.delete(this.keys.listed(ExecutionStatus.RUNNING, identity.startedAt(), identity.id()))
				: CompletableFuture.completedFuture(null);
	}

	/** Leave the lists for good; what expires goes last, as it leads to what is left. */
	CompletableFuture<Void> remove(ExecutionIdentity identity, ExecutionState state) {
		if (!this.isKept) {
			return CompletableFuture.completedFuture(null);
		}
		return this.table.delete(this.keys.listed(state.status(), identity.startedAt(), identity.id()));
	}

	/** The end of a removed execution is forgotten. */
	CompletableFuture<Void> forget(Item expiring) {
		Key listed = this.keys.listed(ExecutionStatus.valueOf(expiring.required(Attributes.STATUS)),
				Objects.requireNonNull(expiring.time(Attributes.STARTED_AT)), Entries.execution(expiring));
		return this.table.delete(listed).thenCompose((nothing) -> this.table.delete(expiring.key()));
	}

	private static boolean isShownDifferently(ExecutionState from, ExecutionState to) {
		return from.status() != to.status() || !Objects.equals(from.blockedReason(), to.blockedReason());
	}

	private Item entry(ExecutionIdentity identity, ExecutionState state) {
		return Item.at(this.keys.listed(state.status(), identity.startedAt(), identity.id()))
			.with(Attributes.EXECUTION, identity.id().value())
			.with(Attributes.FUNCTION, identity.function().name())
			.with(Attributes.VERSION, identity.function().version())
			.with(Attributes.NAME, identity.name())
			.with(Attributes.STARTED_AT, identity.startedAt())
			.with(Attributes.STATUS, state.status().name())
			.with(Attributes.ENDED_AT, state.endedAt())
			.with(Attributes.BLOCKED, state.blockedReason());
	}

}
