package dev.durable.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import dev.durable.journal.JournalLostException;
import dev.durable.operation.InvocationEndedError;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Invocations that end while strands are in all states. */
class EndingTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final Happening never = new Happening();

	private final Happening key = new Happening();

	private static Ending lost() {
		return new Ending.Lost(new JournalLostException(JournalLostException.Reason.FENCED, "taken", null));
	}

	@Test
	void endLetsBlockedStrandsLeave() {
		Stage stage = Stage.roomy();
		CompletableFuture<Void> fork = stage.running().blocksOn(this.never);
		Actor other = stage.running();
		CompletableFuture<Void> root = stage.root().blocksOn(this.never);
		stage.threads().end(new Ending.Drained());
		assertThat(Within.outcome(fork)).isInstanceOf(InvocationEndedError.class);
		assertThat(Within.outcome(root)).isInstanceOf(InvocationEndedError.class);
		other.isRefused(() -> stage.threads().check("step"));
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void endLetsAStrandLeaveThatWasReleasedButHasNoPermit() {
		Stage stage = Stage.withRunning(1);
		Actor released = stage.running();
		CompletableFuture<Void> passed = released.blocksOn(this.key);
		Actor holder = stage.running();
		stage.happens(this.key);
		stage.threads().end(new Ending.Drained());
		assertThat(Within.outcome(passed)).as("though what it waited for has happened")
			.isInstanceOf(InvocationEndedError.class);
		holder.leaves();
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void strandWhoseWaitIsOverWhenItsInvocationSuspendsLeaves() {
		Stage stage = Stage.roomy();
		CompletableFuture<Void> fork = stage.running().blocksOn(this.key);
		this.key.happens();
		stage.root().isRefused(() -> stage.threads().await(this.never, this.never::hasHappened));
		stage.assertSuspended();
		assertThat(Within.outcome(fork)).isInstanceOf(InvocationEndedError.class);
		assertThat(stage.threads().resumable()).isTrue();
	}

	@Test
	void endBeforeTheFunctionHasEndedForgetsTasksNotBegun() {
		Stage stage = Stage.withRunning(1);
		Actor holder = stage.running();
		Actor queued = stage.root().forks();
		stage.threads().end(new Ending.Drained());
		holder.leaves();
		stage.nobodyBegins();
		assertThat(queued.wasDropped()).isTrue();
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void endOfTheFunctionLetsTasksNotBegunRun() {
		Stage stage = Stage.withRunning(1);
		Actor holder = stage.running();
		Actor queued = stage.root().forks();
		stage.threads().end(new Ending.Finished());
		holder.leaves();
		assertThat(stage.threads().awaitForks(Duration.ZERO)).as("one has a thread").isFalse();
		stage.executor().begin();
		queued.awaitBegun().leaves();
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void endKeepsAStrandAwayThatLeftItsThread() {
		Stage stage = Stage.withParked(0);
		Actor unwound = stage.running();
		unwound.leavesWaitingFor(this.key);
		stage.threads().end(new Ending.Drained());
		stage.happens(this.key);
		stage.nobodyBegins();
		assertThat(unwound.wasDropped()).isTrue();
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void endKeepsAStrandAwayThatIsLeavingItsThreadAndCouldGoOn() {
		Stage stage = Stage.withParked(0);
		Actor fork = stage.running();
		stage.flushing().holdBlocking();
		fork.blocksOn(this.key);
		stage.happens(this.key);
		stage.threads().end(new Ending.Drained());
		stage.flushing().letGo();
		Within.left(fork.thread());
		stage.nobodyBegins();
		assertThat(fork.wasDropped()).isTrue();
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void firstReasonStands() {
		Stage stage = Stage.roomy();
		Ending first = lost();
		stage.threads().end(first);
		stage.threads().end(new Ending.Drained());
		stage.threads().crashed(new IllegalStateException("later"));
		assertThat(stage.threads().ending()).isSameAs(first);
	}

	@Test
	void lostAndCrashedEndTheInvocationWithTheirCause() {
		Stage stage = Stage.roomy();
		JournalLostException cause = new JournalLostException(JournalLostException.Reason.FENCED, "taken", null);
		assertThat(stage.threads().lost(cause)).hasMessage("The invocation lost its journal: taken");
		assertThat(stage.threads().ending()).isEqualTo(new Ending.Lost(cause));
		Stage other = Stage.roomy();
		OutOfMemoryError error = new OutOfMemoryError("heap");
		assertThat(other.threads().crashed(error)).hasMessageStartingWith("The invocation cannot go on: ");
		assertThat(other.threads().ending()).isEqualTo(new Ending.Crashed(error));
	}

	@Test
	void awaitForksWhenAThreadDoesNotLeaveGivesUp() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		stage.threads().end(new Ending.Drained());
		assertThat(stage.threads().awaitForks(Duration.ZERO)).isFalse();
		assertThat(stage.threads().awaitForks(Duration.ofMillis(1))).isFalse();
		fork.leaves();
		assertThat(stage.threads().awaitForks(Duration.ZERO)).isTrue();
	}

	@Test
	void awaitForksWhenItIsInterruptedWaitsOnAndStaysInterrupted() {
		Stage stage = Stage.roomy();
		Actor fork = stage.running();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			boolean left = stage.threads().awaitForks(LONG);
			interrupted.complete(left && Thread.currentThread().isInterrupted());
		});
		waiting.start();
		waiting.interrupt();
		Within.waits(waiting);
		fork.leaves();
		assertThat(Within.outcome(interrupted)).isNull();
		assertThat(interrupted.join()).isTrue();
	}

	@Test
	void executorThatRejectsATaskCrashesTheInvocation() {
		rejects(new RejectedExecutionException("pool is full"));
	}

	@Test
	void executorThatCannotHaveAnotherThreadCrashesTheInvocation() {
		rejects(new OutOfMemoryError("unable to create native thread"));
	}

	private void rejects(Throwable refusal) {
		Stage stage = Stage.withRunning(1);
		Actor holder = stage.running();
		Actor rejected = stage.root().forks();
		stage.root().forks();
		stage.executor().refuseWith(refusal);
		holder.leaves();
		assertThat(stage.threads().ending()).isInstanceOfSatisfying(Ending.Crashed.class,
				(crashed) -> assertThat(crashed.cause()).hasMessage("No thread could be had for fork")
					.hasCause(refusal));
		assertThat(rejected.wasDropped()).isTrue();
		stage.root().isRefused(() -> stage.threads().await(this.never, () -> false));
		assertThat(stage.threads().awaitForks(LONG)).isTrue();
	}

	@Test
	void taskThatThrowsWhatItShouldHaveHandledCrashesTheInvocation() {
		IllegalStateException failure = new IllegalStateException("decorator");
		Stage stage = Stage.decorated((task) -> () -> {
			throw failure;
		});
		stage.root().forks();
		CompletableFuture<Void> root = stage.root().blocksOn(this.never);
		Within.left(stage.executor().begin());
		assertThat(stage.threads().ending()).isEqualTo(new Ending.Crashed(failure));
		assertThat(Within.outcome(root)).isInstanceOf(InvocationEndedError.class);
	}

}
