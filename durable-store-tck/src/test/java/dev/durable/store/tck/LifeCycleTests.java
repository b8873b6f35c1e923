package dev.durable.store.tck;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Divergence, stop, timeout, versions and shutdown, on the memory store. */
class LifeCycleTests {

	private final EngineFixture engine = new EngineFixture();

	private String blockedReason() {
		return String.valueOf(this.engine.client().list(ExecutionQuery.all()).executions().get(0).blockedReason());
	}

	private void functionWithSteps(String first, String second) {
		this.engine.function("flow", (context, input) -> {
			String a = context.step(first, String.class, (step) -> first);
			context.wait("pause", Duration.ofMinutes(1));
			String b = context.step(second, String.class, (step) -> second);
			return a + "," + b;
		});
	}

	@Test
	void executionWhenItsStepsAreReorderedIsBlockedAndGoesOnWhenTheCodeIsBack() {
		functionWithSteps("reserve", "charge");
		this.engine.start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		functionWithSteps("charge", "reserve");
		this.engine.restart();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(blockedReason())
			.startsWith("Replay found another operation: position 2 of the history holds Step 'reserve' "
					+ "but the code asked for Step 'charge'.")
			.endsWith("Put the former code back, or give the changed function a new version.");
		functionWithSteps("reserve", "charge");
		this.engine.restart();
		this.engine.settle();
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo("reserve,charge");
		assertThat(blockedReason()).isEqualTo("null");
	}

	@Test
	void executionWhenARecordedStepIsNeverAskedForIsBlocked() {
		functionWithSteps("reserve", "charge");
		this.engine.start();
		this.engine.run("flow", null);
		this.engine.function("flow", (context, input) -> "gone");
		this.engine.restart();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(blockedReason()).startsWith("Replay ended too early: position 2 of the history holds Step 'reserve' "
				+ "but the function ended without asking for it.");
	}

	@Test
	void executionWhenItsCodeCatchesTheDivergenceIsBlockedAllTheSame() {
		functionWithSteps("reserve", "charge");
		this.engine.start();
		this.engine.run("flow", null);
		this.engine.function("flow", (context, input) -> {
			try {
				return context.step("other", String.class, (step) -> "x");
			}
			catch (RuntimeException ex) {
				return context.step("fallback", String.class, (step) -> "recorded by accident");
			}
		});
		this.engine.restart();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(blockedReason()).startsWith("Replay found another operation: position 2");
	}

	@Test
	void executionWhenBlockedIsTriedAgainLessAndLessOften() {
		functionWithSteps("reserve", "charge");
		this.engine.start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		functionWithSteps("charge", "reserve");
		this.engine.restart();
		this.engine.advance(Duration.ofMinutes(1));
		for (int i = 0; i < 3 * 60; i++) {
			this.engine.advance(Duration.ofMinutes(1));
		}
		long tries = EngineFixture.types(this.engine.client().execution(handle.id()))
			.stream()
			.filter(EventType.INVOCATION_COMPLETED::equals)
			.count();
		assertThat(tries).isBetween(10L, 17L);
	}

	@Test
	void executionWhenStoppedWhileItSleepsEndsAtOnce() {
		functionWithSteps("reserve", "charge");
		this.engine.start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		assertThat(handle.stop("customer left")).isTrue();
		assertThat(handle.stop("again")).isFalse();
		assertThat(handle.status()).isEqualTo(ExecutionStatus.STOPPED);
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.withMessageContaining("STOPPED: Execution.Stopped: customer left");
		this.engine.advance(Duration.ofMinutes(2));
		assertThat(EngineFixture.types(handle)).endsWith(EventType.EXECUTION_STOPPED);
	}

	@Test
	void executionWhenStoppedWhileAStepRunsRecordsNothingMore() throws InterruptedException {
		CountDownLatch inStep = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		this.engine.function("busy", (context, input) -> context.step("long", String.class, (step) -> {
			inStep.countDown();
			await(stopped);
			return "too late";
		})).start();
		ExecutionHandle<Object> handle = this.engine.client().function("busy").start(null);
		inStep.await();
		handle.stop("enough");
		stopped.countDown();
		this.engine.settle();
		assertThat(EngineFixture.types(handle)).containsExactly(EventType.EXECUTION_STARTED,
				EventType.EXECUTION_STOPPED);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void executionWhenItsTimeoutPassesEndsTimedOut() {
		this.engine.function("slow", (context, input) -> {
			context.wait("forever", Duration.ofDays(200));
			return null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("slow", null);
		this.engine.advance(Duration.ofDays(30));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
		assertThat(EngineFixture.types(handle)).endsWith(EventType.INVOCATION_COMPLETED, EventType.EXECUTION_TIMED_OUT);
	}

	@Test
	void executionKeepsItsVersionAndNewOnesGetTheGreatest() {
		this.engine.function("flow", "9", Object.class, (context, input) -> {
			context.wait("pause", Duration.ofMinutes(1));
			return "old";
		}).start();
		ExecutionHandle<Object> old = this.engine.run("flow", null);
		this.engine.function("flow", "10", Object.class, (context, input) -> "new").restart();
		ExecutionHandle<Object> young = this.engine.run("flow", null);
		assertThat(this.engine.result(young)).isEqualTo("new");
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(this.engine.client().execution(old.id()))).isEqualTo("old");
		assertThat(this.engine.client().list(ExecutionQuery.all()).executions())
			.extracting((execution) -> execution.function())
			.containsExactlyInAnyOrder(new FunctionVersion("flow", "9"), new FunctionVersion("flow", "10"));
	}

	@Test
	void shutdownLetsARunningStepFinishAndTheNextNodeGoesOn() throws InterruptedException {
		CountDownLatch inStep = new CountDownLatch(1);
		CountDownLatch draining = new CountDownLatch(1);
		AtomicInteger runs = new AtomicInteger();
		this.engine.function("busy", (context, input) -> {
			int first = context.step("long", Integer.class, (step) -> {
				inStep.countDown();
				await(draining);
				return runs.incrementAndGet();
			});
			return context.step("next", Integer.class, (step) -> first + 100);
		}).start();
		ExecutionHandle<Object> handle = this.engine.client().function("busy").start(null);
		inStep.await();
		Thread shutdown = new Thread(this.engine.engine()::stop);
		shutdown.start();
		while (this.engine.engine().isRunning()) {
			Thread.onSpinWait();
		}
		draining.countDown();
		shutdown.join();
		assertThat(EngineFixture.types(handle)).startsWith(EventType.EXECUTION_STARTED, EventType.STEP_STARTED,
				EventType.STEP_SUCCEEDED);
		this.engine.start();
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo(101);
		assertThat(runs).hasValue(1);
	}

	@Test
	void startWhenAllSlotsAreTakenWaitsForOne() {
		CountDownLatch release = new CountDownLatch(1);
		this.engine.function("slot", (context, input) -> context.step("hold", String.class, (step) -> {
			await(release);
			return "done";
		})).start();
		for (int i = 0; i < 60; i++) {
			this.engine.client().function("slot").named("n" + i).start(null);
		}
		release.countDown();
		this.engine.settle();
		assertThat(this.engine.client().list(ExecutionQuery.all()).executions()).hasSize(60)
			.allSatisfy((each) -> assertThat(each.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
	}

}
