package dev.durable.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import dev.durable.operation.InvocationEndedError;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Forks that are cancelled, whatever they are doing. */
class CancellingTests {

	private final Happening never = new Happening();

	private final Happening key = new Happening();

	@Test
	void forkThatWaitsForAPermitNeverBegins() {
		Stage stage = Stage.withRunning(1);
		Actor holder = stage.running();
		Actor queued = stage.root().forks();
		stage.root().cancels(queued);
		holder.leaves();
		stage.nobodyBegins();
		assertThat(queued.wasDropped()).isTrue();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatIsBlockedLeavesAndCountsAsRunningUntilThen() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		Semaphore letGo = new Semaphore(0);
		CompletableFuture<Void> leaving = fork.tell(() -> {
			try {
				stage.threads().await(this.never, () -> false);
			}
			finally {
				Within.acquired(letGo, "the cancelled strand is let go");
			}
		});
		Within.acquired(stage.flushing().begun, "the strand has blocked");
		stage.root().cancels(fork);
		stage.rootBlocksAndOthersRun();
		letGo.release();
		assertThat(Within.outcome(leaving)).isInstanceOf(InvocationEndedError.class);
		Within.left(fork.thread());
		stage.assertSuspended();
	}

	@Test
	void forkThatWasReleasedButHasNoPermitYetLeavesWithoutOne() {
		Stage stage = Stage.withRunning(1);
		Actor released = stage.running();
		CompletableFuture<Void> passed = released.blocksOn(this.key);
		Actor holder = stage.running();
		stage.happens(this.key);
		assertThat(passed).isNotDone();
		stage.root().cancels(released);
		assertThat(Within.outcome(passed)).isInstanceOf(InvocationEndedError.class);
		Within.left(released.thread());
		Actor next = stage.root().forks();
		assertThat(stage.executor().waiting()).as("there is one permit, and it is held").isZero();
		holder.leaves();
		assertThat(stage.executor().waiting()).isEqualTo(1);
		stage.executor().begin();
		next.awaitBegun().leaves();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatParkedMakesRoomForAnother() {
		Stage stage = Stage.withParked(1);
		Actor parked = stage.running();
		CompletableFuture<Void> passed = parked.blocksOn(this.never);
		stage.root().cancels(parked);
		assertThat(Within.outcome(passed)).isInstanceOf(InvocationEndedError.class);
		Actor other = stage.running();
		CompletableFuture<Void> parks = other.blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(parks)).isNull();
	}

	@Test
	void forkThatLeftItsThreadNeverBeginsAgain() {
		Stage stage = Stage.withParked(0);
		Actor unwound = stage.running();
		unwound.leavesWaitingFor(this.key);
		stage.root().cancels(unwound);
		stage.happens(this.key);
		stage.nobodyBegins();
		assertThat(unwound.wasDropped()).isTrue();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatIsLeavingItsThreadIsCountedUntilItHasAndNeverBeginsAgain() {
		Stage stage = Stage.withParked(0);
		Actor unwound = stage.running();
		stage.flushing().holdBlocking();
		CompletableFuture<Void> leaving = unwound.blocksOn(this.key);
		stage.root().cancels(unwound);
		stage.happens(this.key);
		stage.root().tell(() -> stage.threads().await(this.never, () -> false));
		Within.acquired(stage.flushing().begun, "the root has blocked");
		assertThat(stage.threads().ending()).isNull();
		stage.flushing().letGo();
		stage.flushing().letGo();
		assertThat(Within.outcome(leaving)).isInstanceOf(InvocationEndedError.class);
		Within.left(unwound.thread());
		stage.nobodyBegins();
		assertThat(unwound.wasDropped()).isTrue();
		stage.assertSuspended();
	}

	@Test
	void forkThatIsLeavingItsThreadAndWasReleasedIsCountedOnce() {
		Stage stage = Stage.withParked(0);
		Actor unwound = stage.running();
		stage.flushing().holdBlocking();
		CompletableFuture<Void> leaving = unwound.blocksOn(this.key);
		stage.happens(this.key);
		stage.root().cancels(unwound);
		stage.flushing().letGo();
		assertThat(Within.outcome(leaving)).isInstanceOf(InvocationEndedError.class);
		Within.left(unwound.thread());
		stage.nobodyBegins();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatWaitsForAThreadToBeginAgainNeverDoes() {
		Stage stage = Stage.with(1, 0);
		Actor unwound = stage.running();
		unwound.leavesWaitingFor(this.key);
		Actor holder = stage.running();
		stage.happens(this.key);
		stage.root().cancels(unwound);
		holder.leaves();
		stage.nobodyBegins();
		assertThat(unwound.wasDropped()).isTrue();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatWasGivenAThreadButHasNotBegunIsToldAtItsFirstCall() {
		Stage stage = Stage.roomy();
		Actor given = stage.root().forks();
		stage.root().cancels(given);
		stage.executor().begin();
		given.awaitBegun();
		given.isRefused(() -> stage.threads().check("step"));
		Within.left(given.thread());
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forkThatIsRunningIsToldAtItsNextCallAndKeepsItsPermitUntilItLeaves() {
		Stage stage = Stage.withRunning(1);
		Actor running = stage.running();
		stage.root().forks();
		stage.root().cancels(running);
		running.does(() -> assertThat(stage.threads().ended()).isTrue());
		assertThat(stage.executor().waiting()).isZero();
		running.isRefused(() -> stage.threads().check("step"));
		Within.left(running.thread());
		assertThat(stage.executor().waiting()).isEqualTo(1);
		assertThat(stage.threads().ending()).as("only this strand ends").isNull();
	}

	@Test
	void forkThatIsRunningCannotBlockAnyMore() {
		Stage stage = Stage.roomy();
		Actor running = stage.running();
		stage.root().cancels(running);
		this.key.happens();
		running.isRefused(() -> stage.threads().await(this.key, this.key::hasHappened));
	}

	@Test
	void forksOfAForkAreCancelledWithIt() {
		Stage stage = Stage.withRunning(3);
		Actor parent = stage.running();
		Actor blocked = stage.runningBelow(parent);
		CompletableFuture<Void> passed = blocked.blocksOn(this.never);
		Actor running = stage.runningBelow(parent);
		Actor grandchild = stage.runningBelow(running);
		Actor queued = grandchild.forks();
		stage.root().cancels(parent);
		assertThat(Within.outcome(passed)).isInstanceOf(InvocationEndedError.class);
		for (Actor each : List.of(parent, running, grandchild)) {
			each.isRefused(() -> stage.threads().check("step"));
			Within.left(each.thread());
		}
		Within.left(blocked.thread());
		stage.nobodyBegins();
		assertThat(queued.wasDropped()).isTrue();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forksWhoseParentHasEndedAreCancelledWithTheirGrandparent() {
		Stage stage = Stage.roomy();
		Actor grandparent = stage.running();
		Actor parent = stage.runningBelow(grandparent);
		Actor orphan = stage.runningBelow(parent);
		parent.leaves();
		stage.root().cancels(grandparent);
		orphan.isRefused(() -> stage.threads().check("step"));
	}

	@Test
	void siblingsOfACancelledForkGoOn() {
		Stage stage = Stage.roomy();
		Actor cancelled = stage.running();
		Actor sibling = stage.running();
		stage.root().cancels(cancelled);
		sibling.does(() -> stage.threads().check("step"));
		stage.root().does(() -> stage.threads().check("step"));
	}

	@Test
	void forkByACancelledForkIsRefused() {
		Stage stage = Stage.roomy();
		Actor cancelled = stage.running();
		stage.root().cancels(cancelled);
		cancelled.isRefused(() -> stage.threads().fork("late", () -> {
		}));
		assertThat(stage.executor().waiting()).isZero();
	}

	@Test
	void cancellingTwiceOrTooLateChangesNothing() {
		Stage stage = Stage.withRunning(1);
		Actor fork = stage.running();
		CompletableFuture<Void> passed = fork.blocksOn(this.never);
		stage.root().cancels(fork);
		stage.root().cancels(fork);
		assertThat(Within.outcome(passed)).isInstanceOf(InvocationEndedError.class);
		Within.left(fork.thread());
		stage.root().cancels(fork);
		Actor other = stage.running();
		other.leaves();
		stage.root().cancels(other);
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void cancelWaitsForWhatIsBeingRecordedAndNothingIsRecordedAfterIt() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		Thread canceller = stage.root().thread();
		List<String> order = new CopyOnWriteArrayList<>();
		Semaphore recording = new Semaphore(0);
		Semaphore cancelling = new Semaphore(0);
		CompletableFuture<Void> recorded = fork.tell(() -> stage.threads().record(() -> {
			recording.release();
			Within.acquired(cancelling, "the other strand begins to cancel");
			Within.waits(canceller);
			order.add("recorded");
		}));
		Within.acquired(recording, "the strand records");
		stage.root().tell(cancelling::release);
		CompletableFuture<Void> cancelled = stage.root().beginsToCancel(fork).thenRun(() -> order.add("cancelled"));
		assertThat(Within.outcome(cancelled)).isNull();
		assertThat(Within.outcome(recorded)).isNull();
		assertThat(order).containsExactly("recorded", "cancelled");
		fork.isRefused(() -> stage.threads().record(() -> order.add("too late")));
		assertThat(order).hasSize(2);
	}

}
