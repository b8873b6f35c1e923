package dev.durable.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import dev.durable.operation.InvocationEndedError;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** When an invocation suspends, and who may run. Every move is made by hand. */
class InvocationThreadsTests {

	private final Happening never = new Happening();

	private final Happening key = new Happening();

	@Test
	void invocationWhenTheLastStrandBlocksSuspendsAndLetsAllLeave() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.never);
		assertThat(stage.threads().ending()).isNull();
		fork.isRefused(() -> stage.threads().await(this.key, this.key::hasHappened));
		stage.assertSuspended();
		assertThat(Within.outcome(root)).isInstanceOf(InvocationEndedError.class);
		assertThat(stage.threads().awaitForks(Duration.ofSeconds(20))).isTrue();
	}

	@Test
	void invocationWhenAForkHasNoThreadYetDoesNotSuspend() {
		Stage stage = Stage.roomy();
		stage.root().forks();
		stage.rootBlocksAndOthersRun();
	}

	@Test
	void invocationWhenAForkWaitsForAPermitDoesNotSuspend() {
		Stage stage = Stage.withRunning(1);
		Actor first = stage.running();
		stage.root().forks();
		stage.rootBlocksAndOthersRun();
		first.blocksOn(this.never);
		assertThat(stage.threads().ending()).as("the second fork has not begun").isNull();
		assertThat(stage.executor().waiting()).isEqualTo(1);
	}

	@Test
	void invocationWhenTheLastForkLeavesWhileAllOthersAreBlockedSuspends() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.never);
		fork.leaves();
		stage.assertSuspended();
		assertThat(Within.outcome(root)).isInstanceOf(InvocationEndedError.class);
	}

	@Test
	void strandThatIsReleasedCountsAsRunningBeforeItRuns() {
		Stage stage = Stage.withRunning(1);
		Actor released = stage.running();
		CompletableFuture<Void> passed = released.blocksOn(this.key);
		Actor holder = stage.running();
		stage.rootBlocksAndOthersRun();
		stage.happens(this.key);
		assertThat(passed).as("the only permit is taken").isNotDone();
		holder.blocksOn(this.never);
		assertThat(stage.threads().ending()).isNull();
		assertThat(Within.outcome(passed)).isNull();
	}

	@Test
	void rootThatIsReleasedCountsAsRunningBeforeItRuns() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.key);
		this.key.happens();
		Happening other = new Happening();
		fork.tell(() -> {
			stage.threads().changed(this.key);
			stage.threads().await(other, other::hasHappened);
		});
		assertThat(Within.outcome(root)).isNull();
		assertThat(stage.threads().ending()).isNull();
	}

	@Test
	void awaitWhenItHasHappenedDoesNotBlock() {
		Stage stage = Stage.roomy();
		this.key.happens();
		stage.root().does(() -> stage.threads().await(this.key, this.key::hasHappened));
		assertThat(stage.flushing().begun.availablePermits()).isZero();
	}

	@Test
	void awaitWhenItsKeyChangedButNothingHappenedGoesOnWaiting() {
		Stage stage = Stage.roomy();
		stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.key);
		stage.threads().changed(this.key);
		assertThat(root).isNotDone();
		stage.happens(this.key);
		assertThat(Within.outcome(root)).isNull();
	}

	@Test
	void awaitWhenItsKeyChangedButNothingHappenedDoesNotCountAsRunning() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		stage.root().blocksOn(this.key);
		stage.threads().changed(this.key);
		fork.leaves();
		stage.assertSuspended();
	}

	@Test
	void awaitOfSeveralKeysEndsWithTheFirstAndIsCountedOnce() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		CompletableFuture<Void> first = fork.blocksOn(this.key, this.never);
		stage.happens(this.key);
		assertThat(Within.outcome(first)).isNull();
		Happening next = new Happening();
		CompletableFuture<Void> second = fork.blocksOn(next);
		stage.happens(this.never);
		assertThat(second).isNotDone();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void strandThatIsToldOfSeveralKeysWhileItWaitsForAPermitIsCountedOnce() {
		Stage stage = Stage.withRunning(1);
		Happening other = new Happening();
		Actor released = stage.running();
		CompletableFuture<Void> passed = released.blocksOn(this.key, other);
		Actor holder = stage.running();
		stage.happens(this.key);
		stage.happens(other);
		stage.happens(this.key);
		holder.leaves();
		assertThat(Within.outcome(passed)).isNull();
		released.leaves();
		stage.rootIsTheLastOneRunning();
	}

	@Test
	void forksBeyondTheBoundGetThreadsInTheirOrderAsOthersLeave() {
		Stage stage = Stage.withRunning(2);
		List<Actor> forks = List.of(stage.root().forks(), stage.root().forks(), stage.root().forks(),
				stage.root().forks());
		assertThat(stage.executor().waiting()).isEqualTo(2);
		stage.executor().begin();
		forks.get(0).awaitBegun().leaves();
		assertThat(stage.executor().waiting()).isEqualTo(2);
		stage.executor().begin();
		forks.get(1).awaitBegun();
		stage.executor().begin();
		forks.get(2).awaitBegun();
		assertThat(forks.get(3).lives()).isZero();
	}

	@Test
	void strandThatBlocksGivesItsPermitBack() {
		Stage stage = Stage.withRunning(1);
		Actor first = stage.running();
		Actor second = stage.root().forks();
		assertThat(stage.executor().waiting()).isZero();
		first.blocksOn(this.never);
		assertThat(stage.executor().waiting()).isEqualTo(1);
		stage.executor().begin();
		second.awaitBegun();
	}

	@Test
	void strandThatIsReleasedGetsTheNextPermitBeforeTasksNotBegun() {
		Stage stage = Stage.withRunning(1);
		Actor released = stage.running();
		CompletableFuture<Void> passed = released.blocksOn(this.key);
		Actor holder = stage.running();
		Actor notBegun = stage.root().forks();
		stage.happens(this.key);
		assertThat(passed).isNotDone();
		holder.leaves();
		assertThat(Within.outcome(passed)).isNull();
		assertThat(stage.executor().waiting()).as("the permit is taken").isZero();
		released.leaves();
		stage.executor().begin();
		notBegun.awaitBegun();
	}

	@Test
	void rootNeedsNoPermit() {
		Stage stage = Stage.withRunning(1);
		stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.key);
		stage.happens(this.key);
		assertThat(Within.outcome(root)).isNull();
		stage.root().forks();
		assertThat(stage.executor().waiting()).as("the root has brought no permit back").isZero();
	}

	@Test
	void checkOnAForeignThreadIsRefused() {
		Stage stage = Stage.roomy();
		assertThatIllegalStateException().isThrownBy(() -> stage.threads().check("step"))
			.withMessageStartingWith("Durable call 'step' on thread ");
	}

	@Test
	void checkOnAThreadOfAnotherInvocationIsRefused() {
		Stage stage = Stage.roomy();
		Stage other = Stage.roomy();
		assertThat(Within.outcome(stage.root().tell(() -> other.threads().check("step"))))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("does not belong to this execution");
		stage.root().does(() -> stage.threads().check("step"));
	}

	@Test
	void recordingWhenNobodyIsCancelledRunsBesideOthers() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		Semaphore inside = new Semaphore(0);
		Semaphore letGo = new Semaphore(0);
		CompletableFuture<Void> first = fork.tell(() -> stage.threads().record(() -> {
			inside.release();
			Within.acquired(letGo, "the first recording is let go");
		}));
		Within.acquired(inside, "the first recording");
		stage.root().does(() -> stage.threads().record(letGo::release));
		assertThat(Within.outcome(first)).isNull();
	}

}
