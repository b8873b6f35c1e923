package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackRow.Deadlines;
import dev.durable.store.CallbackRow.Outcome;
import dev.durable.store.CallbackState;
import dev.durable.store.ExecutionState;
import dev.durable.store.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A callback ends once, and everybody learns how. */
abstract class CallbackContract extends SignalContract {

	private static final Outcome SUCCEEDED = new Outcome(CallbackState.SUCCEEDED, Payload.ofText("\"granted\""), null);

	private static final Outcome FAILED = new Outcome(CallbackState.FAILED, null, Payload.ofText("{\"refused\":1}"));

	private static final Outcome TIMED_OUT = new Outcome(CallbackState.TIMED_OUT, null, null);

	@Test
	void callbackWhenItWasCreatedIsFound() {
		Deadlines deadlines = new Deadlines(Instant.parse("2026-03-01T00:00:00.001Z"), Duration.ofMillis(90_500),
				Instant.parse("2026-02-01T00:00:00.999Z"));
		CallbackRow full = Rows.callback(Rows.newId(), deadlines);
		CallbackRow plain = Rows.callback(Rows.newId());
		for (CallbackRow callback : List.of(full, plain)) {
			CallbackRow mine = created(callback);
			assertThat(otherNode().callback(mine.key().lookup())).contains(mine);
		}
		assertThat(store().callback("unknown")).isEmpty();
	}

	@Test
	void completeCallbackWhenItIsPendingKeepsTheOutcome() {
		for (Outcome outcome : List.of(SUCCEEDED, FAILED, TIMED_OUT)) {
			CallbackRow callback = created();
			assertThat(otherNode().completeCallback(lookup(callback), outcome, Optional.empty())).isTrue();
			assertThat(outcome(callback)).isEqualTo(outcome);
		}
	}

	@Test
	void completeCallbackWhenItHasEndedKeepsTheFirstOutcomeAndSendsNoSignal() {
		CallbackRow callback = created();
		assertThat(store().completeCallback(lookup(callback), SUCCEEDED, Optional.empty())).isTrue();
		Optional<Signal> signal = Optional.of(Rows.signal(callback.execution()));
		assertThat(otherNode().completeCallback(lookup(callback), FAILED, signal)).isFalse();
		assertThat(outcome(callback)).isEqualTo(SUCCEEDED);
		assertThat(store().signals(List.of(callback.execution()))).isEmpty();
	}

	@Test
	void completeCallbackWhenItIsUnknownDoesNothing() {
		ExecutionId id = sleeping(null);
		assertThat(store().completeCallback("unknown", SUCCEEDED, Optional.of(Rows.signal(id)))).isFalse();
		assertThat(store().signals(List.of(id))).isEmpty();
	}

	@Test
	void completeCallbackWhenItHasASignalWakesTheExecution() {
		CallbackRow callback = created();
		append(Appends.update(callback.execution(), 3, ExecutionState.sleeping(null)));
		Signal signal = Rows.signal(callback.execution());
		store().completeCallback(lookup(callback), SUCCEEDED, Optional.of(signal));
		assertThat(claim(HERE)).containsExactly(callback.execution());
		assertThat(store().signals(List.of(callback.execution()))).containsExactly(signal);
	}

	@Test
	void completeCallbackWhenItHasASignalShowsBothOrNeither() {
		for (int round = 0; round < 20; round++) {
			CallbackRow callback = created();
			Signal signal = Rows.signal(callback.execution());
			List<Boolean> seen = Race.run(List.<Callable<Boolean>>of(
					() -> store().completeCallback(lookup(callback), SUCCEEDED, Optional.of(signal)), () -> {
						boolean signalled = !otherNode().signals(List.of(callback.execution())).isEmpty();
						return !signalled || otherNode().callback(lookup(callback))
							.orElseThrow()
							.outcome()
							.state() == CallbackState.SUCCEEDED;
					}));
			assertThat(seen).containsOnly(true);
		}
	}

	@Test
	void completeCallbackWhenCompletionAndTimeoutRaceLetsOneWin() {
		for (int round = 0; round < 10; round++) {
			CallbackRow callback = created();
			List<Outcome> outcomes = List.of(SUCCEEDED, TIMED_OUT, FAILED, TIMED_OUT, SUCCEEDED, FAILED);
			List<Callable<Boolean>> racers = new ArrayList<>();
			for (Outcome outcome : outcomes) {
				var store = (racers.size() % 2 == 0) ? store() : otherNode();
				Signal signal = Rows.signal(callback.execution());
				racers.add(() -> store.completeCallback(lookup(callback), outcome, Optional.of(signal)));
			}
			List<Boolean> won = Race.run(racers);
			assertThat(won).containsOnlyOnce(true);
			assertThat(outcome(callback)).isEqualTo(outcomes.get(won.indexOf(true)));
			assertThat(store().signals(List.of(callback.execution()))).hasSize(1);
		}
	}

	@Test
	void heartbeatCallbackWhenItIsPendingMovesTheDeadlineOnly() {
		CallbackRow callback = created(
				Rows.callback(Rows.newId(), new Deadlines(later(600), Duration.ofSeconds(60), later(60))));
		assertThat(otherNode().heartbeatCallback(lookup(callback), later(90))).isTrue();
		CallbackRow moved = store().callback(lookup(callback)).orElseThrow();
		assertThat(moved.deadlines()).isEqualTo(new Deadlines(later(600), Duration.ofSeconds(60), later(90)));
		assertThat(moved.outcome()).isEqualTo(Outcome.PENDING);
	}

	@Test
	void heartbeatCallbackWhenItHasEndedChangesNothing() {
		CallbackRow callback = created();
		store().completeCallback(lookup(callback), TIMED_OUT, Optional.empty());
		CallbackRow before = store().callback(lookup(callback)).orElseThrow();
		assertThat(store().heartbeatCallback(lookup(callback), later(90))).isFalse();
		assertThat(store().callback(lookup(callback))).contains(before);
		assertThat(store().heartbeatCallback("unknown", later(90))).isFalse();
	}

	@Test
	void callbackWhenItsExecutionEndsIsClosed() {
		CallbackRow pending = created();
		CallbackRow succeeded = Rows.callback(pending.execution());
		append(Appends.effects(pending.execution(), 3, Appends.callbacks(succeeded)));
		store().completeCallback(lookup(succeeded), SUCCEEDED, Optional.empty());
		CallbackRow other = created();
		append(Appends.update(pending.execution(), 4, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null),
				Appends.closeCallbacks()));
		assertThat(outcome(pending).state()).isEqualTo(CallbackState.CLOSED);
		assertThat(outcome(succeeded)).isEqualTo(SUCCEEDED);
		assertThat(outcome(other)).isEqualTo(Outcome.PENDING);
		assertThat(store().completeCallback(lookup(pending), SUCCEEDED, Optional.empty())).isFalse();
		assertThat(store().heartbeatCallback(lookup(pending), later(90))).isFalse();
	}

	@Test
	void callbackWhenItEndsWhileItsExecutionDoesEndsOnce() {
		for (int round = 0; round < 10; round++) {
			CallbackRow callback = created();
			List<Boolean> results = Race.run(List.<Callable<Boolean>>of(
					() -> wins(store(), Appends.update(callback.execution(), 3,
							ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null), Appends.closeCallbacks())),
					() -> otherNode().completeCallback(lookup(callback), SUCCEEDED, Optional.empty())));
			assertThat(results.get(0)).isTrue();
			assertThat(outcome(callback).state())
				.isEqualTo(results.get(1) ? CallbackState.SUCCEEDED : CallbackState.CLOSED);
		}
	}

	private CallbackRow created() {
		return created(Rows.callback(Rows.newId()));
	}

	/** Create a callback for a new execution, at position 2. */
	private CallbackRow created(CallbackRow template) {
		ExecutionId id = owned(HERE);
		CallbackRow callback = new CallbackRow(template.key(), id, template.operation(), template.deadlines(),
				template.outcome());
		append(Appends.effects(id, 2, Appends.callbacks(callback)));
		return callback;
	}

	private Outcome outcome(CallbackRow callback) {
		return store().callback(lookup(callback)).orElseThrow().outcome();
	}

	private static String lookup(CallbackRow callback) {
		return callback.key().lookup();
	}

}
