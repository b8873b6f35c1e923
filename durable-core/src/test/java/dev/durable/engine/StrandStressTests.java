package dev.durable.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.durable.operation.InvocationEndedError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random programs on real threads: whatever happened, all permits, places and counts are
 * back when everything is quiet.
 */
class StrandStressTests {

	private static final int ROUNDS = 40;

	@ParameterizedTest(name = "{0} running, {1} parked")
	@CsvSource({ "1, 0", "2, 1", "3, 0", "3, 100", "8, 3" })
	void nothingLeaksAndNoBoundIsBroken(int maxRunning, int maxParked) {
		for (long seed = 1; seed <= ROUNDS; seed++) {
			new Round(maxRunning, maxParked, seed).run();
		}
	}

	private static final class Round implements InvocationThreads.Flushing {

		private final CountingExecutor executor = new CountingExecutor();

		private final AtomicInteger blocked = new AtomicInteger();

		private final int maxRunning;

		private final int maxParked;

		private final long seed;

		private final InvocationThreads threads;

		Round(int maxRunning, int maxParked, long seed) {
			this.maxRunning = maxRunning;
			this.maxParked = maxParked;
			this.seed = seed;
			this.threads = new InvocationThreads(
					Stage.settings(this.executor, UnaryOperator.identity(), maxRunning, maxParked), this);
		}

		@Override
		public void begin() {
			this.blocked.incrementAndGet();
		}

		@Override
		public void await() {
			// everything is durable here
		}

		void run() {
			CompletableFuture<Void> root = CompletableFuture.runAsync(() -> this.threads.runAsRoot(this::rootTask),
					(task) -> new Thread(task, "root").start());
			assertThat(Within.outcome(root)).as("seed %d", this.seed).isNull();
		}

		private void rootTask() {
			RandomProgram program = new RandomProgram(this.threads, this.maxRunning);
			CompletableFuture<Void> news = CompletableFuture.runAsync(() -> program.tellNews(this.seed),
					(task) -> new Thread(task, "news").start());
			program.runRoot(this.seed);
			assertThat(Within.outcome(news)).isNull();
			awaitQuiet();
			assertThat(program.wrong()).isEmpty();
			assertThat(this.threads.ending()).as("the root is running").isNull();
			assertThat(this.threads.awaitForks(Duration.ZERO)).isTrue();
			checkPermits();
			checkParked();
			checkRunning();
		}

		private void awaitQuiet() {
			Within.until(this.executor::isQuiet, "all threads have left");
		}

		/** As many as may run get threads, and not one more. */
		private void checkPermits() {
			Semaphore letGo = new Semaphore(0);
			int before = this.executor.given();
			for (int i = 0; i <= this.maxRunning; i++) {
				this.threads.fork("probe", () -> Within.acquired(letGo, "the probe is let go"));
			}
			assertThat(this.executor.given() - before).as("permits").isEqualTo(this.maxRunning);
			letGo.release(this.maxRunning + 1);
			awaitQuiet();
		}

		/** As many as may park do, and the next one leaves. */
		private void checkParked() {
			Happening end = new Happening();
			AtomicInteger unwound = new AtomicInteger();
			for (int i = 0; i <= this.maxParked; i++) {
				int before = this.blocked.get();
				this.threads.fork("probe", () -> {
					try {
						this.threads.await(end, end::hasHappened);
					}
					catch (InvocationEndedError ex) {
						unwound.incrementAndGet();
						throw ex;
					}
				});
				Within.until(() -> this.blocked.get() > before, "the probe is blocked");
			}
			Within.until(() -> unwound.get() > 0, "one leaves its thread");
			end.happens();
			this.threads.changed(end);
			awaitQuiet();
			assertThat(unwound).as("left their threads").hasValue(1);
		}

		/** Nobody but the root counts. */
		private void checkRunning() {
			int before = this.blocked.get();
			try {
				Happening never = new Happening();
				CompletableFuture<Void> late = CompletableFuture
					.runAsync(() -> Within.until(() -> this.blocked.get() > before || this.threads.ending() != null,
							"the root blocks"))
					.thenRun(() -> this.threads.end(new Ending.Drained()));
				this.threads.await(never, never::hasHappened);
				assertThat(Within.outcome(late)).isNull();
			}
			catch (InvocationEndedError ex) {
				assertThat(this.threads.ending()).isEqualTo(new Ending.Suspended());
			}
		}

	}

}
