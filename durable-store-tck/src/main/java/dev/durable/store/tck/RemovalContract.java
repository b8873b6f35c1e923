package dev.durable.store.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Removal meets others: it takes what has ended, whole, and only that. */
abstract class RemovalContract extends OutsiderContract {

	private static final int ROUNDS = 20;

	@Test
	void deleteWhenNodesSweepTogetherRemovesEverything() {
		for (int round = 0; round < 5; round++) {
			List<ExecutionId> ids = IntStream.range(0, 20).mapToObj((i) -> ended(Rows.row(running()))).toList();
			Race.run(List.of(deleter(store(), ids), deleter(otherNode(), new ArrayList<>(ids).subList(5, 20))));
			store().delete(ids);
			assertThat(ids).allSatisfy((id) -> {
				assertThat(store().find(id)).isEmpty();
				assertThat(journal(id)).isEmpty();
			});
		}
	}

	@Test
	void deleteWhenTheNameStartsAnewTogetherLeavesTheNewExecutionWhole() {
		for (int round = 0; round < 3 * ROUNDS; round++) {
			ExecutionRow row = Rows.row(running());
			ExecutionId id = ended(row);
			List<Boolean> results = Race
				.run(List.of(deleter(store(), List.of(id)), deleter(otherNode(), List.of(id)), () -> {
					boolean started = false;
					for (int i = 0; i < 100 && !started; i++) {
						started = wins(otherNode(), Appends.create(row));
					}
					return started;
				}));
			if (!results.get(2)) {
				append(Appends.create(row));
			}
			assertThat(store().find(id)).contains(row);
			assertThat(journal(id)).containsExactly(Events.started());
		}
	}

	@Test
	void deleteWhenTheExecutionEndsTogetherRemovesAllOrNothing() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = create(running());
			Race.run(List.of(() -> wins(store(), end(id)), deleter(otherNode(), List.of(id))));
			if (store().find(id).isPresent()) {
				assertThat(journal(id)).hasSize(2);
				assertThat(store().expired(now(), 10)).containsExactly(id);
				store().delete(List.of(id));
			}
			assertThat(store().find(id)).isEmpty();
			assertThat(journal(id)).isEmpty();
		}
	}

	@Test
	void deleteWhenANodeClaimsTogetherLeavesRunningExecutions() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId due = sleeping(now());
			ExecutionId expired = ended(Rows.row(running()));
			List<Boolean> results = Race
				.run(List.of(() -> claim(HERE).contains(due), deleter(otherNode(), List.of(due, expired))));
			assertThat(results.get(0) || claim(HERE).contains(due)).isTrue();
			assertThat(state(due).node()).isEqualTo(HERE);
			store().delete(List.of(expired));
			assertThat(store().find(expired)).isEmpty();
		}
	}

	@Test
	void stopWhenTheExecutionIsBeingRemovedIsRefused() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = ended(Rows.row(running()));
			ExecutionState stopped = ExecutionState.ended(ExecutionStatus.STOPPED, now(), null);
			List<Boolean> won = Race.run(List.<Callable<Boolean>>of(() -> wins(store(), Appends.update(id, 2, stopped)),
					() -> otherNode().find(id).isPresent()));
			assertThat(won).containsExactly(false, true);
			assertThat(state(id).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		}
	}

	@Test
	void appendWhenItsExecutionWasRemovedIsRefusedAndLeavesNothingReadable() {
		ExecutionId id = ended(Rows.row(running()));
		otherNode().delete(List.of(id));
		Signal told = Rows.signal(sleeping(null));
		refused(store(), Appends.following(id, Events.INVOCATION, Events.at(2, "zombie")));
		refused(store(), new Append(id, List.of(Events.at(3, "zombie"), Events.at(4, "zombie")),
				new RowChange.Update(running()), Appends.signals(told), Events.INVOCATION));
		assertThat(store().find(id)).isEmpty();
		assertThat(journal(id)).isEmpty();
		assertThat(store().lastEvent(id)).isEmpty();
		assertThat(store().signals(List.of(told.execution()))).isEmpty();
	}

	@Test
	void appendWhenTheNameOfItsExecutionStartedAnewDoesNotJoinIt() {
		ExecutionRow row = Rows.row(running());
		ExecutionId id = create(row);
		append(Appends.events(id, Events.at(2, "zombie")));
		append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), now())));
		otherNode().delete(List.of(id));
		Await.success(otherNode().append(Appends.create(row)));
		refused(store(), Appends.following(id, "zombie", Events.at(3, "zombie")));
		Await.success(otherNode().append(Appends.events(id, Events.at(2, "anew"))));
		refused(store(), Appends.following(id, "zombie", Events.at(3, "zombie")));
		assertThat(journal(id)).containsExactly(Events.started(), Events.at(2, "anew"));
	}

	@Test
	void appendWhenItsExecutionIsBeingRemovedLeavesNothing() {
		for (int round = 0; round < 3 * ROUNDS; round++) {
			ExecutionId id = ended(Rows.row(running()));
			Append zombie = Appends.following(id, Events.INVOCATION, Events.at(2, "zombie"));
			List<Boolean> results = Race.run(List.of(() -> wins(store(), zombie), deleter(otherNode(), List.of(id))));
			assertThat(results).containsExactly(false, true);
			store().delete(List.of(id));
			assertThat(store().find(id)).isEmpty();
			assertThat(journal(id)).isEmpty();
		}
	}

	@Test
	void readWhenTheExecutionIsRemovedMeanwhileIsABeginningOfItsJournal() {
		ExecutionId id = create(running());
		append(Appends.events(id,
				LongStream.rangeClosed(2, 1_000)
					.mapToObj((position) -> Events.step(position, Payload.ofText("result " + position)))
					.toArray(Event[]::new)));
		append(Appends.update(id, 1_001, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), now())));
		List<Event> read = new ArrayList<>();
		store().read(List.of(id), CheckpointStore.EventSink.of((event) -> {
			if (read.isEmpty()) {
				otherNode().delete(List.of(id));
			}
			read.add(event);
		}));
		assertThat(read).isNotEmpty()
			.extracting(Event::position)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, read.size()).boxed().toList());
		assertThat(store().find(id)).isEmpty();
		assertThat(journal(id)).isEmpty();
	}

	@Test
	void expiredWhenTheEndIsAppendedLaterThanItExpiresFindsItAtOnce() {
		ExecutionId id = create(running());
		append(Appends.update(id, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, earlier(60), Instant.EPOCH)));
		assertThat(otherNode().expired(now(), 1)).containsExactly(id);
	}

	private static ExecutionState running() {
		return ExecutionState.owned(HERE, 0);
	}

	private ExecutionId ended(ExecutionRow row) {
		ExecutionId id = create(row);
		append(end(id));
		return id;
	}

	private Append end(ExecutionId id) {
		return Appends.update(id, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), now()));
	}

	private static Callable<Boolean> deleter(CheckpointStore store, List<ExecutionId> ids) {
		return () -> {
			store.delete(ids);
			return true;
		};
	}

}
