package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An append happens as a whole or not at all, and only where it follows the journal. */
abstract class AppendContract extends StoreFixture {

	private static final int WRITERS = 8;

	@Test
	void appendWhenItCreatesWritesTheRowAndTheFirstEvent() {
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		append(Appends.create(row));
		ExecutionId id = row.identity().id();
		assertThat(otherNode().find(id)).contains(row);
		assertThat(journal(id)).containsExactly(Events.started());
	}

	@Test
	void appendWhenItHasEveryEffectDoesThemAll() {
		ExecutionId parent = sleeping(null);
		ExecutionId id = owned(HERE);
		CallbackRow pending = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(pending)));
		Signal consumed = Rows.signal(id);
		append(Appends.effects(parent, 2, Appends.signals(consumed)));
		Signal sent = Rows.signal(parent);
		ExecutionState ended = ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null);
		append(new Append(id, List.of(Events.at(3), Events.at(4)), new RowChange.Update(ended),
				new Effects(List.of(), List.of(consumed.id()), List.of(sent), true)));
		assertThat(journal(id)).hasSize(4);
		assertThat(state(id)).isEqualTo(ended);
		assertThat(callbackState(pending)).isEqualTo(CallbackState.CLOSED);
		assertThat(store().signals(List.of(id, parent))).containsExactly(sent);
	}

	@Test
	void appendWhenItCreatesACallbackAndEndsTheExecutionClosesThatToo() {
		ExecutionId id = owned(HERE);
		CallbackRow earlier = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(earlier)));
		CallbackRow created = Rows.callback(id);
		append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null),
				new Effects(List.of(created), List.of(), List.of(), true)));
		assertThat(callbackState(earlier)).isEqualTo(CallbackState.CLOSED);
		assertThat(callbackState(created)).isEqualTo(CallbackState.CLOSED);
	}

	@Test
	void appendWhenItConflictsLeavesNothingOfAnyEffect() {
		ExecutionId parent = sleeping(null);
		ExecutionId id = owned(HERE);
		CallbackRow pending = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(pending)));
		Signal waiting = Rows.signal(id);
		append(Appends.effects(parent, 2, Appends.signals(waiting)));
		CallbackRow created = Rows.callback(id);
		ExecutionState before = state(id);
		refused(store(),
				new Append(id, List.of(Events.at(2, "loser"), Events.at(3, "loser"), Events.at(4, "loser")),
						new RowChange.Update(ExecutionState.ended(ExecutionStatus.FAILED, now(), null)),
						new Effects(List.of(created), List.of(waiting.id()), List.of(Rows.signal(parent)), true)));
		assertThat(journal(id)).extracting(Event::invocation).containsOnly(Events.INVOCATION).hasSize(2);
		assertThat(state(id)).isEqualTo(before);
		assertThat(store().callback(created.key().lookup())).isEmpty();
		assertThat(callbackState(pending)).isEqualTo(CallbackState.PENDING);
		assertThat(store().signals(List.of(id, parent))).containsExactly(waiting);
	}

	@Test
	void appendWhenAnotherNodeTookThePositionIsRefused() {
		ExecutionId id = owned(HERE);
		Await.success(otherNode().append(Appends.events(id, Events.at(2, "there"))));
		refused(store(), Appends.events(id, Events.at(2, "here")));
		assertThat(store().event(id, 2)).map(Event::invocation).contains("there");
	}

	@Test
	void appendWhenItIsQueuedBehindARefusedOneIsRefusedToo() {
		ExecutionId id = owned(HERE);
		Await.success(otherNode().append(Appends.events(id, Events.at(2, "there"), Events.at(3, "there"))));
		var first = store().append(Appends.events(id, Events.at(2, "here")));
		var second = store().append(Appends.events(id, Events.at(3, "here")));
		assertThat(Await.outcome(first)).isNotNull();
		assertThat(Await.outcome(second)).isNotNull();
		assertThat(journal(id).subList(1, 3)).extracting(Event::invocation).containsOnly("there");
	}

	@Test
	void appendWhenItLeavesAGapIsRefusedAndWritesNothing() {
		ExecutionId id = owned(HERE);
		ExecutionState before = state(id);
		CallbackRow created = Rows.callback(id);
		refused(store(),
				new Append(id, List.of(Events.at(3), Events.at(4)),
						new RowChange.Update(ExecutionState.ended(ExecutionStatus.FAILED, now(), null)),
						new Effects(List.of(created), List.of(), List.of(Rows.signal(id)), false), Events.INVOCATION));
		assertThat(journal(id)).containsExactly(Events.started());
		assertThat(state(id)).isEqualTo(before);
		assertThat(store().callback(created.key().lookup())).isEmpty();
		assertThat(store().signals(List.of(id))).isEmpty();
		append(Appends.events(id, Events.at(2), Events.at(3)));
	}

	@Test
	void appendWhenThereIsNoExecutionIsRefusedAndLeavesNothing() {
		ExecutionId id = Rows.newId();
		refused(store(), Appends.following(id, Events.INVOCATION, Events.at(2)));
		refused(store(), Appends.following(id, Events.INVOCATION, Events.at(3), Events.at(4)));
		assertThat(store().find(id)).isEmpty();
		assertThat(journal(id)).isEmpty();
		assertThat(store().lastEvent(id)).isEmpty();
	}

	@Test
	void appendWhenItFollowsTheInvocationThatItNamesIsWritten() {
		ExecutionId id = owned(HERE);
		append(Appends.following(id, Events.INVOCATION, Events.at(2, "here"), Events.at(3, "here")));
		append(Appends.following(id, "here", Events.at(4, "here")));
		assertThat(journal(id)).hasSize(4);
	}

	@Test
	void appendWhenItFollowsAnotherInvocationIsRefusedAndWritesNothing() {
		ExecutionId id = owned(HERE);
		refused(store(), Appends.following(id, "another", Events.at(2), Events.at(3)));
		assertThat(journal(id)).containsExactly(Events.started());
		append(Appends.events(id, Events.at(2)));
	}

	@Test
	void appendWhenItWasWrittenBeforeIsRefusedAndThePositionTellsWhoseItIs() {
		ExecutionId id = owned(HERE);
		Append append = Appends.events(id, Events.at(2, "mine"));
		append(append);
		refused(store(), append);
		refused(otherNode(), append);
		assertThat(otherNode().event(id, 2)).contains(Events.at(2, "mine"));
	}

	@Test
	void appendWhenTheExecutionExistsDoesNotCreateItAgain() {
		ExecutionRow first = Rows.row(ExecutionState.owned(HERE, 0));
		ExecutionIdentity identity = first.identity();
		append(Appends.create(first));
		ExecutionRow second = new ExecutionRow(
				new ExecutionIdentity(identity.id(), identity.function(), "other", null, "other", now(), null),
				ExecutionState.sleeping(now()));
		refused(otherNode(), Appends.create(second));
		assertThat(store().find(identity.id())).contains(first);
	}

	@Test
	void appendWhenManyCreateOneExecutionLetsOneWin() {
		for (int round = 0; round < 10; round++) {
			ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
			assertThat(Race.run(writers((store, writer) -> wins(store, Appends.create(row))))).containsOnlyOnce(true);
			assertThat(journal(row.identity().id())).hasSize(1);
		}
	}

	@Test
	void appendWhenManyWriteOnePositionLetsOneWin() {
		ExecutionId id = owned(HERE);
		for (int round = 0; round < 20; round++) {
			long position = 2 + round;
			List<Boolean> won = Race.run(writers(
					(store, writer) -> wins(store, Appends.events(id, Events.at(position, "writer-" + writer)))));
			assertThat(won).containsOnlyOnce(true);
			assertThat(store().event(id, position)).map(Event::invocation).contains("writer-" + won.indexOf(true));
		}
		assertThat(journal(id)).hasSize(21);
	}

	@Test
	void appendWhenOneOverlapsAnotherIsWrittenWholeOrNotAtAll() {
		for (int round = 0; round < 20; round++) {
			ExecutionId id = owned(HERE);
			Append both = Appends.events(id, Events.at(2, "both"), Events.at(3, "both"), Events.at(4, "both"));
			Append one = Appends.events(id, Events.at(2, "one"));
			List<Boolean> won = Race.run(List.of(() -> wins(store(), both), () -> wins(otherNode(), one)));
			assertThat(won).containsOnlyOnce(true);
			assertThat(journal(id).stream().skip(1).map(Event::invocation))
				.isEqualTo(won.get(0) ? List.of("both", "both", "both") : List.of("one"));
		}
	}

	@Test
	void appendWhenOneExecutionOfManyIsFencedWritesTheOthers() {
		List<ExecutionId> ids = IntStream.range(0, WRITERS).mapToObj((i) -> owned(HERE)).toList();
		Await.success(otherNode().append(Appends.events(ids.get(0), Events.at(2, "there"))));
		for (int round = 0; round < 10; round++) {
			long position = 2 + round;
			List<Boolean> won = Race
				.run(writers((store, writer) -> wins(store(), Appends.events(ids.get(writer), Events.at(position)))));
			if (round == 0) {
				assertThat(won.get(0)).isFalse();
			}
			assertThat(won.subList(1, WRITERS)).containsOnly(true);
		}
	}

	private CallbackState callbackState(CallbackRow callback) {
		return store().callback(callback.key().lookup()).orElseThrow().outcome().state();
	}

	/** Writers on both nodes in turn. */
	private List<Callable<Boolean>> writers(Writer writer) {
		CheckpointStore here = store();
		CheckpointStore there = otherNode();
		List<Callable<Boolean>> writers = new ArrayList<>();
		for (int i = 0; i < WRITERS; i++) {
			int number = i;
			writers.add(() -> writer.write((number % 2 == 0) ? here : there, number));
		}
		return writers;
	}

	private interface Writer {

		boolean write(CheckpointStore store, int number);

	}

}
