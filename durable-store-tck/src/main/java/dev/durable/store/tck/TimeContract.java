package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All nodes compare one time, the store's: what is due is told by the time in the
 * request, who is alive by the store's clock, and a machine's clock by nothing.
 */
abstract class TimeContract extends SizeContract {

	private static final FunctionVersion FOREIGN = new FunctionVersion("ship-order", "1");

	@Test
	void clockWhenNodesAskTellsThemTheSameToTheMillisecond() {
		time().advance(Duration.ofNanos(1_234_567_890));
		Instant expected = Instant.parse("2026-01-01T00:00:01.234Z");
		assertThat(store().clock().instant()).isEqualTo(expected);
		assertThat(otherNode().clock().instant()).isEqualTo(expected);
	}

	@Test
	void claimWhenTheTimeInTheRequestIsAnotherGoesByThat() {
		ExecutionId id = sleeping(later(300));
		assertThat(ids(store().claim(at(HERE, later(299))))).isEmpty();
		time().advance(Duration.ofSeconds(600));
		assertThat(ids(store().claim(at(HERE, earlier(301))))).isEmpty();
		assertThat(ids(store().claim(at(HERE, earlier(300))))).containsExactly(id);
	}

	@Test
	void claimWhenAForeignTimeoutIsDueGoesByTheTimeInTheRequest() {
		ExecutionId id = create(Rows.row(FOREIGN, later(60), ExecutionState.sleeping(now())));
		assertThat(ids(store().claim(at(HERE, later(59))))).isEmpty();
		assertThat(ids(store().claim(at(HERE, later(60))))).containsExactly(id);
	}

	@Test
	void claimAbandonedWhenTheAskersTimeIsAheadLeavesLivingNodesTheirWork() {
		time().advance(Duration.ofHours(1));
		otherNode().heartbeat(THERE);
		ExecutionId theirs = owned(THERE);
		assertThat(store().claimAbandoned(at(HERE, later(600)), earlier(10))).isEmpty();
		assertThat(state(theirs).node()).isEqualTo(THERE);
	}

	@Test
	void claimAbandonedWhenANodeReportedAtThatTimeCountsItAsSilent() {
		store().heartbeat(THERE);
		ExecutionId id = owned(THERE);
		assertThat(store().claimAbandoned(at(HERE, now()), now().minusMillis(1))).isEmpty();
		assertThat(ids(store().claimAbandoned(at(HERE, now()), now()))).containsExactly(id);
	}

	@Test
	void heartbeatWhenItIsRepeatedCountsByTheStoresClock() {
		store().heartbeat(HERE);
		otherNode().heartbeat(THERE);
		time().advance(Duration.ofSeconds(30));
		otherNode().heartbeat(THERE);
		ExecutionId silent = owned(HERE);
		owned(THERE);
		assertThat(ids(otherNode().claimAbandoned(at(new NodeId("third"), now()), now().minusMillis(1))))
			.containsExactly(silent);
	}

	@Test
	void cleanUpWhenANodeReportedAtThatTimeRemovesIt() {
		store().heartbeat(THERE);
		Instant reported = now();
		time().advance(Duration.ofSeconds(30));
		store().cleanUp(Optional.empty(), reported);
		ExecutionId id = owned(THERE);
		assertThat(ids(store().claimAbandoned(at(HERE, now()), reported.minusMillis(1)))).containsExactly(id);
	}

	@Test
	void claimAbandonedWhenTheAskerIsSilentItselfLeavesItsOwnWork() {
		ExecutionId own = owned(HERE);
		ExecutionId lost = owned(THERE);
		assertThat(ids(store().claimAbandoned(at(HERE, now()), later(10)))).containsExactly(lost);
		assertThat(ids(store().ownedBy(HERE, Set.of()))).containsExactlyInAnyOrder(own, lost);
	}

	@Test
	void retryBlockedWhenTheTimeInTheRequestIsAnotherGoesByThat() {
		ExecutionId id = create(Rows
			.row(new ExecutionState(ExecutionStatus.RUNNING, null, later(3600), 0, "Blocked by its code", null, null)));
		store().retryBlocked(at(HERE, later(5)));
		assertThat(state(id).wakeAt()).isEqualTo(later(5));
	}

	@Test
	void expiredWhenTheTimeInTheRequestIsAnotherGoesByThat() {
		ExecutionId id = owned(HERE);
		append(Appends.update(id, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), later(60))));
		assertThat(store().expired(later(59), 10)).isEmpty();
		assertThat(store().expired(later(60), 10)).isEqualTo(List.of(id));
	}

	private static ClaimRequest at(NodeId node, Instant now) {
		return new ClaimRequest(node, Set.of(Rows.FUNCTION), now, 10);
	}

}
