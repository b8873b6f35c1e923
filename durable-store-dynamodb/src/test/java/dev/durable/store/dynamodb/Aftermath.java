package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.dynamodb.TwoNodes.Node;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a third node finds after two have met at an execution, and what it does then. */
record Aftermath(TwoNodes nodes, Node third) {

	static void isSound(TwoNodes nodes) {
		Aftermath after = new Aftermath(nodes, nodes.third());
		after.endsWherever();
		after.isRemovedWithoutATrace();
	}

	/** Whoever has it, or nobody, somebody finds it and brings it to its end. */
	private void endsWherever() {
		// each node looks at what it owns from time to time
		boolean here = this.nodes.here().works();
		boolean there = this.nodes.there().works();
		assertThat(here && there).as("Both nodes own it").isFalse();
		ExecutionState state = this.third.store().find(this.nodes.execution()).map(ExecutionRow::state).orElse(null);
		if (state == null || state.status().isTerminal()) {
			assertThat(here || there).as("Owned, but is %s", state).isFalse();
			return;
		}
		assertThat(here).as("Owned, for %s", state).isEqualTo(TwoNodes.HERE.equals(state.node()));
		assertThat(there).as("Owned, for %s", state).isEqualTo(TwoNodes.THERE.equals(state.node()));
		assertThat((state.node() != null) ? this.third.claimAbandoned() : isClaimed(state)).as("Found, for %s", state)
			.isTrue();
		assertThat(this.third.end(lastPosition() + 1)).isTrue();
	}

	private boolean isClaimed(ExecutionState state) {
		Instant wakeAt = state.wakeAt();
		if (state.blockedReason() != null) {
			this.third.retryBlocked();
		}
		else if (wakeAt != null && wakeAt.isAfter(this.nodes.now())) {
			this.nodes.time().advance(Duration.between(this.nodes.now(), wakeAt));
		}
		else if (wakeAt == null && this.third.store().signals(List.of(this.nodes.execution())).isEmpty()) {
			this.third.signal();
		}
		return this.third.claim();
	}

	/** What somebody left behind goes when it is old. */
	private void isRemovedWithoutATrace() {
		if (this.third.store().find(this.nodes.execution()).isPresent()) {
			lastPosition();
			assertThat(this.third.store().expired(this.nodes.now(), 10)).containsExactly(this.nodes.execution());
			this.third.delete();
		}
		assertThat(journal()).isEmpty();
		this.nodes.time().advance(Entries.UNCONFIRMED.plusSeconds(1));
		this.third.retryBlocked();
		assertThat(this.third.claim()).isFalse();
		assertThat(this.third.claimAbandoned()).isFalse();
		this.third.store().cleanUp(Optional.empty(), Instant.EPOCH);
		assertThat(this.third.store().expired(this.nodes.now(), 10)).isEmpty();
		assertThat(items()).isEmpty();
	}

	private long lastPosition() {
		List<Long> positions = journal().stream().map(Event::position).toList();
		assertThat(positions).containsExactlyElementsOf(LongStream.rangeClosed(1, positions.size()).boxed().toList());
		return positions.size();
	}

	private List<Event> journal() {
		List<Event> events = new ArrayList<>();
		this.third.store().read(List.of(this.nodes.execution()), CheckpointStore.EventSink.of(events::add));
		return events;
	}

	/** All that is left of the execution. */
	private List<String> items() {
		return LocalDynamoDb.directClient()
			.scan(ScanRequest.builder().tableName(this.nodes.table()).consistentRead(true).build())
			.join()
			.items()
			.stream()
			.map((item) -> item.get(Key.PARTITION).s() + " " + item.get(Key.SORT).s())
			.filter((key) -> key.contains(this.nodes.execution().value()))
			.toList();
	}

}
