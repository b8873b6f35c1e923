package dev.durable.store.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store's tests provide, and short words for what the contract does with it. */
abstract class StoreFixture {

	static final NodeId HERE = new NodeId("node-here");

	static final NodeId THERE = new NodeId("node-there");

	private final VirtualTime time = new VirtualTime();

	/**
	 * Return the store under test, on {@link #time()}; empty when a test begins, and the
	 * same object during one test.
	 * @return the store
	 */
	protected abstract CheckpointStore store();

	/**
	 * Return the store as another node has it: a second object on the same data that
	 * shares nothing else with {@link #store()}, if the store can have such.
	 * @return the store
	 */
	protected abstract CheckpointStore otherNode();

	/**
	 * Return the read side of the store.
	 * @return the queries
	 */
	protected abstract ExecutionQueries queries();

	/**
	 * Return how engines keep payloads in the store (default: as they are).
	 * @return encryption and offload
	 */
	protected PayloadSealing sealing() {
		return PayloadSealing.none();
	}

	/**
	 * Return the time that the stores must be built with.
	 * @return the clock
	 */
	protected final VirtualTime time() {
		return this.time;
	}

	final Instant now() {
		return this.time.instant();
	}

	final Instant later(long seconds) {
		return now().plusSeconds(seconds);
	}

	final Instant earlier(long seconds) {
		return now().minusSeconds(seconds);
	}

	final void append(Append append) {
		Await.success(store().append(append));
	}

	final void refused(CheckpointStore store, Append append) {
		assertThat(Await.outcome(store.append(append))).isInstanceOf(AppendConflictException.class);
	}

	/** Whether an append won; any failure but a conflict fails the test. */
	final boolean wins(CheckpointStore store, Append append) {
		Throwable failure = Await.outcome(store.append(append));
		assertThat(failure).satisfiesAnyOf((none) -> assertThat(none).isNull(),
				(conflict) -> assertThat(conflict).isInstanceOf(AppendConflictException.class));
		return failure == null;
	}

	final ExecutionId create(ExecutionState state) {
		return create(Rows.row(state));
	}

	final ExecutionId create(ExecutionRow row) {
		append(Appends.create(row));
		return row.identity().id();
	}

	final ExecutionId owned(NodeId node) {
		return create(ExecutionState.owned(node, 0));
	}

	final ExecutionId sleeping(@Nullable Instant wakeAt) {
		return create(ExecutionState.sleeping(wakeAt));
	}

	final ExecutionState state(ExecutionId execution) {
		return store().find(execution).orElseThrow().state();
	}

	final List<Event> journal(ExecutionId execution) {
		List<Event> events = new ArrayList<>();
		store().read(List.of(execution), CheckpointStore.EventSink.of(events::add));
		return events;
	}

	final ClaimRequest request(NodeId node, int limit) {
		return request(node, Rows.FUNCTION, limit);
	}

	final ClaimRequest request(NodeId node, FunctionVersion function, int limit) {
		return new ClaimRequest(node, Set.of(function), now(), limit);
	}

	final List<ExecutionId> claim(NodeId node) {
		return ids(store().claim(request(node, 100)));
	}

	static List<ExecutionId> ids(Collection<ExecutionRow> rows) {
		return rows.stream().map((row) -> row.identity().id()).toList();
	}

}
