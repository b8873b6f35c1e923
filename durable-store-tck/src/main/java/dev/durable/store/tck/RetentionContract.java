package dev.durable.store.tck;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What has ended is removed when its time has come, as a whole, and nothing else is. */
abstract class RetentionContract extends QueryContract {

	@Test
	void expiredWhenTheTimeHasComeNamesTheLongestExpiredFirst() {
		ExecutionId second = ended(earlier(1));
		ExecutionId third = ended(now());
		ExecutionId first = ended(earlier(2));
		ended(now().plusMillis(1));
		ended(null);
		owned(HERE);
		sleeping(now());
		assertThat(otherNode().expired(now(), 10)).containsExactly(first, second, third);
		assertThat(store().expired(now(), 2)).containsExactly(first, second);
	}

	@Test
	void endedStateWhenItIsReadTellsWhenItExpires() {
		ExecutionId id = ended(later(60));
		assertThat(state(id)).isEqualTo(ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), later(60)));
	}

	@Test
	void deleteWhenAnExecutionHasEndedRemovesAllOfIt() {
		ExecutionId id = owned(HERE);
		CallbackRow pending = Rows.callback(id);
		CallbackRow completed = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(pending, completed)));
		store().completeCallback(completed.key().lookup(),
				new CallbackRow.Outcome(CallbackState.SUCCEEDED, Payload.ofText("1"), null),
				Optional.of(Rows.signal(id)));
		append(Appends.events(id, Events.step(3, new Payload(new byte[1_000_000]))));
		end(id, 4, earlier(1));
		ExecutionId kept = ended(earlier(1));
		otherNode().delete(List.of(id));
		assertThat(store().find(id)).isEmpty();
		assertThat(queries().find(id)).isEmpty();
		assertThat(journal(id)).isEmpty();
		assertThat(store().lastEvent(id)).isEmpty();
		assertThat(queries().history(id, 0, 10)).isEmpty();
		assertThat(store().callback(pending.key().lookup())).isEmpty();
		assertThat(store().callback(completed.key().lookup())).isEmpty();
		assertThat(store().signals(List.of(id))).isEmpty();
		assertThat(store().expired(now(), 10)).containsExactly(kept);
		assertThat(queries().list(ExecutionQuery.all()).executions()).extracting(ExecutionSummary::id)
			.containsExactly(kept);
		assertThat(journal(kept)).hasSize(2);
	}

	@Test
	void deleteWhenItIsRepeatedChangesNothing() {
		ExecutionId id = ended(earlier(1));
		store().delete(List.of(id));
		store().delete(List.of(id, Rows.newId()));
		store().delete(List.of());
		assertThat(store().find(id)).isEmpty();
	}

	@Test
	void deleteWhenAnExecutionRunsLeavesIt() {
		ExecutionId owned = owned(HERE);
		ExecutionId sleeping = sleeping(later(60));
		store().delete(List.of(owned, sleeping));
		assertThat(state(owned).node()).isEqualTo(HERE);
		assertThat(journal(owned)).hasSize(1);
		append(Appends.events(owned, Events.at(2)));
		assertThat(state(sleeping).wakeAt()).isEqualTo(later(60));
	}

	@Test
	void deletedExecutionWhenItsIdIsUsedAgainStartsAnew() {
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		ExecutionId id = create(row);
		append(Appends.events(id, Events.at(2, "former"), Events.at(3, "former")));
		end(id, 4, earlier(1));
		store().delete(List.of(id));
		Await.success(otherNode().append(Appends.create(row)));
		assertThat(store().find(id)).contains(row);
		assertThat(journal(id)).containsExactly(Events.started());
		Await.success(otherNode().append(Appends.events(id, Events.at(2, "anew"))));
		assertThat(journal(id)).extracting((event) -> event.invocation()).containsExactly(Events.INVOCATION, "anew");
	}

	@Test
	void deleteWhenThereAreManyRemovesThemAll() {
		List<ExecutionId> ids = IntStream.range(0, 30).mapToObj((i) -> ended(earlier(i))).toList();
		List<ExecutionId> batch = store().expired(now(), 20);
		store().delete(batch);
		assertThat(batch).hasSize(20);
		assertThat(store().expired(now(), 20)).hasSize(10).doesNotContainAnyElementsOf(batch);
		assertThat(ids).containsAll(batch);
	}

	@Test
	void expiredWhenTheInvokerHasNotHeardOfTheEndLeavesItOut() {
		ExecutionId parent = sleeping(null);
		ExecutionIdentity identity = Rows.row(ExecutionState.owned(HERE, 0)).identity();
		ExecutionId child = create(
				new ExecutionRow(
						new ExecutionIdentity(identity.id(), identity.function(), null,
								new ParentLink(parent, Rows.OPERATION), "digest", Rows.STARTED_AT, null),
						ExecutionState.owned(HERE, 0)));
		Signal signal = new Signal("end-of-" + child, parent, SignalKind.CHILD, Rows.OPERATION, now());
		append(Appends.update(child, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), earlier(1)),
				Appends.signals(signal)));
		assertThat(store().expired(now(), 10)).isEmpty();
		append(Appends.effects(parent, 2, Appends.consumed(signal.id())));
		assertThat(store().expired(now(), 10)).containsExactly(child);
	}

	private ExecutionId ended(@Nullable Instant expiresAt) {
		ExecutionId id = owned(HERE);
		end(id, 2, expiresAt);
		return id;
	}

	private void end(ExecutionId id, long position, @Nullable Instant expiresAt) {
		append(Appends.update(id, position, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), expiresAt)));
	}

}
