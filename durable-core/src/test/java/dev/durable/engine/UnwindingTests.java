package dev.durable.engine;

import java.util.concurrent.CompletableFuture;

import dev.durable.operation.InvocationEndedError;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Forks that leave their threads while they are blocked, and begin again. */
class UnwindingTests {

	private final Happening never = new Happening();

	private final Happening key = new Happening();

	@Test
	void leafAboveTheBoundLeavesItsThreadAndBeginsAgainWhenItCanGoOn() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		fork.leavesWaitingFor(this.key);
		assertThat(stage.executor().waiting()).isZero();
		stage.happens(this.key);
		assertThat(stage.executor().waiting()).isEqualTo(1);
		stage.executor().begin();
		fork.awaitBegun();
		assertThat(fork.lives()).isEqualTo(2);
		fork.does(() -> stage.threads().await(this.key, this.key::hasHappened));
		fork.does(() -> stage.threads().check("step"));
		fork.leaves();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void strandThatBeginsAgainFirstWaitsForItsRecords() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		assertThat(stage.flushing().awaited.availablePermits()).as("the first time").isZero();
		fork.leavesWaitingFor(this.key);
		stage.flushing().holdAgain();
		stage.happens(this.key);
		stage.executor().begin();
		Within.acquired(stage.flushing().awaited, "the strand waits for its records");
		assertThat(fork.lives()).isEqualTo(1);
		stage.flushing().letGo();
		fork.awaitBegun();
	}

	@Test
	void strandWhoseFormerThreadHasNotLeftDoesNotBeginAgain() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		stage.flushing().holdBlocking();
		CompletableFuture<Void> passed = fork.blocksOn(this.key);
		stage.happens(this.key);
		assertThat(stage.executor().waiting()).as("the former thread is still there").isZero();
		stage.flushing().letGo();
		assertThat(Within.outcome(passed)).isInstanceOf(InvocationEndedError.class);
		Within.left(fork.thread());
		assertThat(stage.executor().waiting()).isEqualTo(1);
		stage.executor().begin();
		fork.awaitBegun().leaves();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void strandWhoseFormerThreadLeavesSlowlyCountsAsRunningOnceItIsReleased() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		stage.flushing().holdBlocking();
		fork.blocksOn(this.key);
		stage.happens(this.key);
		stage.root().tell(() -> stage.threads().await(this.never, () -> false));
		Within.acquired(stage.flushing().begun, "the root has blocked");
		assertThat(stage.threads().ending()).isNull();
	}

	@Test
	void strandThatLeftItsThreadAndWaitsForWhatHasNotHappenedStaysAway() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		fork.leavesWaitingFor(this.key);
		stage.threads().changed(this.key);
		stage.happens(this.never);
		assertThat(stage.executor().waiting()).isZero();
	}

	@Test
	void strandThatLeftItsThreadDoesNotCountAsRunning() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		fork.leavesWaitingFor(this.key);
		stage.rootIsTheLastOneRunning();
		assertThat(stage.threads().resumable()).isFalse();
		this.key.happens();
		assertThat(stage.threads().resumable()).as("it was awaited off its thread").isTrue();
	}

	@Test
	void strandThatLeavesItsThreadMayDoNothingDurableThere() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		CompletableFuture<Void> outcome = fork.tell(() -> {
			try {
				stage.threads().await(this.key, this.key::hasHappened);
			}
			catch (InvocationEndedError ex) {
				assertThat(stage.threads().ended()).isTrue();
				stage.threads().record(() -> this.never.happens());
			}
		});
		assertThat(Within.outcome(outcome)).isInstanceOf(InvocationEndedError.class);
		assertThat(this.never.hasHappened()).isFalse();
		assertThat(stage.threads().ending()).as("only this strand leaves").isNull();
	}

	@Test
	void onlySoManyStrandsParkAndARunningOneMakesRoom() {
		Stage stage = Stage.withParked(1);
		Actor parked = stage.running();
		CompletableFuture<Void> passed = parked.blocksOn(this.key);
		Actor unwound = stage.running();
		unwound.leavesWaitingFor(this.never);
		assertThat(passed).isNotDone();
		stage.happens(this.key);
		assertThat(Within.outcome(passed)).isNull();
		assertThat(parked.lives()).isEqualTo(1);
		Actor third = stage.running();
		Happening other = new Happening();
		CompletableFuture<Void> again = third.blocksOn(other);
		stage.happens(other);
		assertThat(Within.outcome(again)).as("it parked").isNull();
	}

	@Test
	void forkWithLiveForksOfItsOwnIsNotUnwound() {
		Stage stage = Stage.withParked(0);
		Actor parent = stage.running();
		Actor child = stage.runningBelow(parent);
		CompletableFuture<Void> passed = parent.blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(passed)).isNull();
		assertThat(parent.lives()).isEqualTo(1);
		child.leaves();
		parent.leavesWaitingFor(this.never);
	}

	@Test
	void forkWhoseForkLeftItsThreadIsNotUnwound() {
		Stage stage = Stage.withParked(0);
		Actor parent = stage.running();
		Actor child = stage.runningBelow(parent);
		child.leavesWaitingFor(this.never);
		CompletableFuture<Void> passed = parent.blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(passed)).isNull();
	}

	@Test
	void forkThatInheritsTheForksOfOneThatEndedIsNotUnwound() {
		Stage stage = Stage.withParked(0);
		Actor grandparent = stage.running();
		Actor parent = stage.runningBelow(grandparent);
		stage.runningBelow(parent);
		parent.leaves();
		CompletableFuture<Void> passed = grandparent.blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(passed)).isNull();
	}

	@Test
	void rootIsNeverUnwound() {
		Stage stage = Stage.withParked(0);
		stage.running();
		CompletableFuture<Void> passed = stage.root().blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(passed)).isNull();
	}

	@Test
	void strandThatBeginsAgainNeedsAPermitAndGetsItBeforeTasksNotBegun() {
		Stage stage = Stage.with(1, 0);
		Actor fork = stage.running();
		Actor holder = stage.root().forks();
		Actor notBegun = stage.root().forks();
		fork.leavesWaitingFor(this.key);
		stage.executor().begin();
		holder.awaitBegun();
		stage.happens(this.key);
		assertThat(stage.executor().waiting()).isZero();
		holder.leaves();
		stage.executor().begin();
		fork.awaitBegun();
		assertThat(fork.lives()).isEqualTo(2);
		assertThat(notBegun.lives()).isZero();
	}

	@Test
	void strandThatLeavesItsThreadKeepsItsPermitUntilItHasLeft() {
		Stage stage = Stage.with(1, 0);
		Actor fork = stage.running();
		stage.root().forks();
		stage.flushing().holdBlocking();
		fork.blocksOn(this.never);
		assertThat(stage.executor().waiting()).as("threads that leave do not add up").isZero();
		stage.flushing().letGo();
		Within.left(fork.thread());
		assertThat(stage.executor().waiting()).isEqualTo(1);
	}

	@Test
	void strandMayLeaveItsThreadAgainAndAgain() {
		Stage stage = Stage.with(1, 0);
		Actor fork = stage.running();
		for (int life = 2; life <= 5; life++) {
			Happening next = new Happening();
			fork.leavesWaitingFor(next);
			stage.happens(next);
			stage.executor().begin();
			fork.awaitBegun();
			assertThat(fork.lives()).isEqualTo(life);
		}
		fork.leaves();
		stage.rootIsTheLastOneRunning();
	}

}
