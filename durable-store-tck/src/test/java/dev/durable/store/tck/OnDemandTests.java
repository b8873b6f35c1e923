package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.DurableCallback;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionTimeoutException;
import dev.durable.HistoryEvent;
import dev.durable.store.Append;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Work for a limited time, by processes that are frozen in between. */
class OnDemandTests {

	private final OnDemandFixture lambda = new OnDemandFixture();

	private final List<ExecutionHandle<Object>> started = new ArrayList<>();

	private boolean somethingStuck;

	@AfterEach
	void nobodyOwnsAnythingAndNoTimerIsLeft() {
		if (!this.somethingStuck) {
			assertThat(this.started).allSatisfy((handle) -> assertThat(owner(handle)).isNull());
			assertThat(this.lambda.time.advanceToNext()).as("a timer is left").isFalse();
		}
	}

	private NodeId owner(ExecutionHandle<Object> handle) {
		return this.lambda.data.find(handle.id()).orElseThrow().state().node();
	}

	private List<Instant> start(OnDemandFixture.Process process, String function) {
		return process.workDuring((client) -> this.started.add(client.function(function).start(null)));
	}

	private ExecutionHandle<Object> handle() {
		return this.started.get(0);
	}

	private static long count(ExecutionHandle<?> handle, EventType type) {
		return handle.history().stream().map(HistoryEvent::type).filter(type::equals).count();
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
	void executionThatIsStartedRunsAtOnceAndSaysWhenItIsDue() {
		this.lambda.function("flow", (context, input) -> {
			String first = context.step("first", String.class, (step) -> "one");
			context.wait("pause", Duration.ofDays(2));
			return first + context.step("second", String.class, (step) -> "two");
		});
		Instant due = this.lambda.now().plus(Duration.ofDays(2));
		assertThat(start(this.lambda.process(), "flow")).containsExactly(due);
		assertThat(this.lambda.now()).as("nothing is waited for").isEqualTo(due.minus(Duration.ofDays(2)));
		this.lambda.time.advance(Duration.ofDays(2));
		assertThat(this.lambda.process().work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("onetwo");
	}

	@Test
	void executionThatWasStartedWhileNobodyWorkedRunsInTheNextCall() {
		this.lambda.function("flow", (context, input) -> "done");
		OnDemandFixture.Process process = this.lambda.process();
		this.started.add(process.client().function("flow").start(null));
		assertThat(handle().status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(process.work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void callsOfTheStoreAreFew() {
		this.lambda.function("flow", (context, input) -> {
			context.wait("pause", Duration.ofDays(2));
			return "done";
		});
		OnDemandFixture.Process process = this.lambda.process();
		process.workDuring((client) -> {
		});
		assertThat(process.calls).as("a task that has nothing to do with executions").isEmpty();
		start(process, "flow");
		assertThat(process.calls).as("a start").containsExactly("heartbeat", "append", "append", "signals", "cleanUp");
		process.calls.clear();
		process.work();
		assertThat(process.calls).as("nothing to do, by a new process")
			.containsExactly("heartbeat", "retryBlocked", "claimAbandoned", "claim", "cleanUp");
		process.calls.clear();
		process.work();
		assertThat(process.calls).as("nothing to do")
			.containsExactly("heartbeat", "claimAbandoned", "claim", "cleanUp");
		process.calls.clear();
		this.lambda.time.advance(Duration.ofDays(2));
		process.work();
		assertThat(process.calls).as("one execution goes on to its end")
			.containsExactly("heartbeat", "claimAbandoned", "claim", "read", "signals", "append", "append", "cleanUp");
	}

	@Test
	void wakeUpIsWaitedForOnlyWhenItIsNear() {
		this.lambda.function("flow", (context, input) -> {
			context.wait("short", Duration.ofSeconds(4));
			context.wait("longer", Duration.ofSeconds(6));
			return "done";
		});
		OnDemandFixture.Process process = this.lambda.process();
		this.started.add(process.client().function("flow").start(null));
		Instant due = this.lambda.now().plus(Duration.ofSeconds(10));
		assertThat(process.work()).containsExactly(due);
		assertThat(this.lambda.now()).isEqualTo(due.minus(Duration.ofSeconds(6)));
		this.lambda.time.advance(Duration.ofSeconds(6));
		assertThat(process.work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void everyExecutionThatSleepsSaysWhenItIsDue() {
		this.lambda.function("flow", (context, input) -> {
			context.wait("pause", Duration.ofHours((int) input));
			return "done";
		});
		Instant now = this.lambda.now();
		assertThat(this.lambda.process().workDuring((client) -> {
			for (int hours : List.of(3, 1, 2, 1)) {
				this.started.add(client.function("flow").start(hours));
			}
		})).containsExactly(now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(2)),
				now.plus(Duration.ofHours(3)));
	}

	@Test
	void executionThatOnlyASignalCanWakeIsDueAtItsTimeout() {
		this.lambda.function("flow", (context, input) -> context.createCallback("approval", String.class).get());
		assertThat(start(this.lambda.process(), "flow")).containsExactly(this.lambda.now().plus(Duration.ofDays(30)));
	}

	@Test
	void executionThatIsNotDoneInTimeSuspendsBetweenStepsAndGoesOnInTheNextCall() {
		AtomicInteger runs = new AtomicInteger();
		this.lambda.function("long", (context, input) -> {
			for (int i = 0; i < 30; i++) {
				context.step("part " + i, Integer.class, (step) -> {
					this.lambda.time.advance(Duration.ofMillis(700));
					return runs.incrementAndGet();
				});
			}
			return "done";
		});
		Instant begin = this.lambda.now();
		assertThat(start(this.lambda.process(), "long")).containsExactly(this.lambda.now());
		assertThat(Duration.between(begin, this.lambda.now())).isBetween(Duration.ofMillis(7500),
				Duration.ofMillis(8200));
		assertThat(this.lambda.process().work()).containsExactly(this.lambda.now());
		assertThat(this.lambda.process().work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
		assertThat(runs).hasValue(30);
		assertThat(handle().history()).noneMatch((event) -> event.error() != null);
	}

	@Test
	void stepThatTakesTooLongDoesNotHoldTheCallAndAnotherProcessTakesOver() throws InterruptedException {
		CountDownLatch inStep = new CountDownLatch(1);
		CountDownLatch thawed = new CountDownLatch(1);
		AtomicInteger runs = new AtomicInteger();
		this.lambda.function("stuck", (context, input) -> context.step("long", String.class, (step) -> {
			if (runs.incrementAndGet() == 1) {
				inStep.countDown();
				await(thawed);
				return "too late";
			}
			return "in time";
		}));
		OnDemandFixture.Process frozen = this.lambda.process();
		AtomicReference<List<Instant>> left = new AtomicReference<>();
		Thread invocation = new Thread(() -> left.set(frozen.engine()
			.onDemand()
			.workDuring(Duration.ofSeconds(10),
					() -> this.started.add(frozen.client().function("stuck").start(null)))));
		invocation.start();
		inStep.await();
		while (invocation.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		Instant deadline = this.lambda.now().plus(Duration.ofSeconds(10));
		this.lambda.time.advance(Duration.ofSeconds(10));
		invocation.join();
		assertThat(left.get()).containsExactly(deadline);
		assertThat(this.lambda.process().work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("in time");
		thawed.countDown();
		frozen.threads.awaitQuiet();
		assertThat(count(handle(), EventType.STEP_SUCCEEDED)).isEqualTo(1);
		assertThat(handle().result(Duration.ZERO)).isEqualTo("in time");
	}

	@Test
	void stepThatTookTooLongIsTakenOverByItsOwnProcessToo() throws InterruptedException {
		CountDownLatch inStep = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		AtomicInteger runs = new AtomicInteger();
		this.lambda.function("stuck", (context, input) -> context.step("long", String.class, (step) -> {
			if (runs.incrementAndGet() == 1) {
				inStep.countDown();
				await(never);
			}
			return "again";
		}));
		OnDemandFixture.Process process = this.lambda.process();
		Thread invocation = new Thread(() -> process.engine()
			.onDemand()
			.workDuring(Duration.ofSeconds(10),
					() -> this.started.add(process.client().function("stuck").start(null))));
		invocation.start();
		inStep.await();
		while (invocation.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		this.lambda.time.advance(Duration.ofSeconds(10));
		invocation.join();
		assertThat(process.engine().onDemand().work(Duration.ofSeconds(10))).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("again");
		never.countDown();
		process.threads.awaitQuiet();
	}

	@Test
	void executionOfAProcessThatWasKilledIsTakenOverWhenItsNodeIsSilent() {
		this.lambda.function("flow", (context, input) -> "done");
		this.somethingStuck = true;
		OnDemandFixture.Process killed = this.lambda.process();
		killed.threads.kill();
		Thread invocation = new Thread(() -> killed.engine()
			.onDemand()
			.workDuring(Duration.ofSeconds(10), () -> this.started.add(killed.client().function("flow").start(null))));
		invocation.setDaemon(true);
		invocation.start();
		while (this.started.isEmpty()) {
			Thread.onSpinWait();
		}
		OnDemandFixture.Process heir = this.lambda.process();
		assertThat(heir.work()).isEmpty();
		assertThat(handle().status()).isEqualTo(ExecutionStatus.RUNNING);
		this.lambda.time.advance(Duration.ofSeconds(11));
		assertThat(heir.work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
		assertThat(owner(handle())).isNull();
	}

	@Test
	void completionThatArrivesWhileTheExecutionSuspendsIsNotLeft() {
		AtomicReference<String> callback = new AtomicReference<>();
		this.lambda.function("flow", (context, input) -> {
			DurableCallback<String> approval = context.createCallback("approval", String.class);
			callback.set(approval.callbackId());
			return approval.get();
		});
		OnDemandFixture.Process outside = this.lambda.processWithoutFunctions();
		AtomicBoolean done = new AtomicBoolean();
		OnDemandFixture.Process process = this.lambda.process().before((method, arguments) -> {
			if (method.equals("append") && ((Append) arguments[0]).events()
				.stream()
				.anyMatch((event) -> event.type() == EventType.INVOCATION_COMPLETED) && !done.getAndSet(true)) {
				outside.client().callbacks().succeed(callback.get(), "yes");
			}
		});
		assertThat(start(process, "flow")).isEmpty();
		assertThat(outside.elsewhere).as("its owner looks").isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("yes");
	}

	@Test
	void completionThatArrivesWhileADrainedExecutionSuspendsIsWorkForNow() {
		AtomicReference<String> callback = new AtomicReference<>();
		this.lambda.function("flow", (context, input) -> {
			DurableCallback<String> approval = context.createCallback("approval", String.class);
			callback.set(approval.callbackId());
			context.step("slow", String.class, (step) -> {
				this.lambda.time.advance(Duration.ofSeconds(9));
				return "slow";
			});
			return approval.get();
		});
		OnDemandFixture.Process outside = this.lambda.processWithoutFunctions();
		OnDemandFixture.Process process = this.lambda.process().before((method, arguments) -> {
			if (method.equals("append") && ((Append) arguments[0]).events()
				.stream()
				.anyMatch((event) -> event.type() == EventType.INVOCATION_COMPLETED)) {
				outside.client().callbacks().succeed(callback.get(), "yes");
			}
		});
		assertThat(start(process, "flow")).containsExactly(this.lambda.now());
		assertThat(this.lambda.process().work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("yes");
	}

	@Test
	void completionByAProcessThatDoesNotWorkIsTold() {
		AtomicReference<String> callback = new AtomicReference<>();
		this.lambda.function("flow", (context, input) -> {
			DurableCallback<String> approval = context.createCallback("approval", String.class);
			callback.set(approval.callbackId());
			return approval.get();
		});
		start(this.lambda.process(), "flow");
		OnDemandFixture.Process web = this.lambda.processWithoutFunctions();
		web.engine().start();
		web.client().callbacks().succeed(callback.get(), "yes");
		web.threads.awaitQuiet();
		web.engine().stop();
		assertThat(web.elsewhere).extracting(ExecutionIdentity::id).containsExactly(handle().id());
		assertThat(this.lambda.process().work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("yes");
	}

	@Test
	void completionDuringATaskResumesTheExecutionInTheSameCall() {
		AtomicReference<String> callback = new AtomicReference<>();
		this.lambda.function("flow", (context, input) -> {
			DurableCallback<String> approval = context.createCallback("approval", String.class);
			callback.set(approval.callbackId());
			return approval.get();
		});
		start(this.lambda.process(), "flow");
		OnDemandFixture.Process process = this.lambda.process();
		assertThat(process.workDuring((client) -> client.callbacks().succeed(callback.get(), "yes"))).isEmpty();
		assertThat(process.elsewhere).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("yes");
	}

	@Test
	void startByAProcessThatDoesNotWorkIsTold() {
		this.lambda.function("flow", (context, input) -> "done");
		OnDemandFixture.Process web = this.lambda.process();
		ExecutionId id = web.client().function("flow").start(null).id();
		assertThat(web.elsewhere).extracting(ExecutionIdentity::id).containsExactly(id);
	}

	@Test
	void invokedExecutionEndsAndItsParentGoesOnInTheSameCall() {
		this.lambda.function("child", (context, input) -> "from the child")
			.function("flow", (context, input) -> context.invoke("call", "child", null, String.class));
		assertThat(start(this.lambda.process(), "flow")).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("from the child");
	}

	@Test
	void resultIsWaitedForUntilTimeIsUp() {
		this.lambda.function("flow", (context, input) -> {
			context.wait("pause", Duration.ofMinutes(1));
			return "done";
		});
		Instant begin = this.lambda.now();
		assertThatExceptionOfType(ExecutionTimeoutException.class)
			.isThrownBy(() -> this.lambda.process().workDuring((client) -> {
				ExecutionHandle<Object> handle = client.function("flow").start(null);
				this.started.add(handle);
				handle.result(Duration.ofMinutes(5));
			}));
		assertThat(Duration.between(begin, this.lambda.now())).isLessThan(Duration.ofMinutes(1));
	}

	@Test
	void blockedExecutionIsTriedAgainOncePerProcessAndNotByEveryCall() {
		this.lambda.function("flow", (context, input) -> {
			context.step("first", String.class, (step) -> "one");
			context.wait("pause", Duration.ofMinutes(1));
			return "done";
		});
		start(this.lambda.process(), "flow");
		this.lambda.function("flow", (context, input) -> {
			context.step("other", String.class, (step) -> "one");
			return "done";
		});
		this.lambda.time.advance(Duration.ofMinutes(1));
		OnDemandFixture.Process process = this.lambda.process();
		Instant tryAgain = this.lambda.now().plus(Duration.ofSeconds(1));
		AtomicInteger tries = new AtomicInteger();
		this.lambda.function("flow", (context, input) -> {
			tries.incrementAndGet();
			return context.step("other", String.class, (step) -> "one");
		});
		List<Instant> next = process.work();
		assertThat(next).allSatisfy((at) -> assertThat(at).isAfterOrEqualTo(tryAgain));
		int tried = tries.get();
		assertThat(process.work()).isEmpty();
		assertThat(tries).hasValue(tried);
		this.lambda.process().work();
		assertThat(tries).hasValueGreaterThan(tried);
	}

	@Test
	void sweepRemovesWhatHasExpired() {
		this.lambda.function("flow", (context, input) -> "done");
		start(this.lambda.process(), "flow");
		this.started.clear();
		this.lambda.time.advance(Duration.ofMinutes(12));
		OnDemandFixture.Process process = this.lambda.process();
		process.work();
		assertThat(this.lambda.data.list(ExecutionQuery.all()).executions()).hasSize(1);
		assertThat(process.onDemand((work) -> work.sweep(Duration.ofSeconds(10)))).isEmpty();
		assertThat(this.lambda.data.list(ExecutionQuery.all()).executions()).isEmpty();
	}

	@Test
	void storeThatCannotBeReachedAtFirstFailsTheCallAndLaterIsWorkForNow() {
		this.lambda.function("flow", (context, input) -> "done");
		AtomicReference<String> failing = new AtomicReference<>("heartbeat");
		OnDemandFixture.Process process = this.lambda.process().before((method, arguments) -> {
			if (method.equals(failing.get())) {
				throw new StoreUnavailableException("The network is down", null);
			}
		});
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(process::work);
		failing.set("claim");
		assertThat(process.work()).containsExactly(this.lambda.now());
		failing.set("");
		assertThat(process.work()).isEmpty();
	}

	@Test
	void executionWhoseLastWriteFailsIsTakenOverInTheNextCall() {
		this.lambda.function("flow", (context, input) -> context.step("only", String.class, (step) -> "done"));
		AtomicBoolean failing = new AtomicBoolean(true);
		OnDemandFixture.Process process = this.lambda.process().before((method, arguments) -> {
			if (failing.get() && method.equals("append") && ((Append) arguments[0]).firstPosition() > 1) {
				throw new IllegalStateException("The store is broken");
			}
		});
		Instant begin = this.lambda.now();
		List<Instant> next = start(process, "flow");
		assertThat(next).singleElement().satisfies((at) -> assertThat(at).isAfter(begin));
		failing.set(false);
		this.lambda.time.advance(Duration.between(this.lambda.now(), next.get(0)));
		assertThat(process.work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void engineThatWorksAlreadyRefusesToWorkOnDemand() {
		OnDemandFixture.Process process = this.lambda.process();
		process.engine().start();
		assertThatIllegalStateException().isThrownBy(() -> process.engine().onDemand().work(Duration.ofSeconds(1)))
			.withMessage("The engine is at work already: it was started, or works on demand in another thread");
		process.engine().stop();
		process.threads.awaitQuiet();
		assertThatIllegalStateException().isThrownBy(() -> process.workDuring((client) -> process.engine().start()))
			.withMessage("The engine works on demand at the moment; start it before or after that");
	}

	@Test
	void callWithoutTimeLeavesEverythingForTheNext() {
		this.lambda.function("flow", (context, input) -> "done");
		OnDemandFixture.Process process = this.lambda.process();
		assertThat(process.onDemand((work) -> work.workDuring(Duration.ZERO,
				() -> this.started.add(process.client().function("flow").start(null)))))
			.containsExactly(this.lambda.now());
		assertThat(process.work()).isEmpty();
		assertThat(handle().result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void moreExecutionsThanOneClaimTakesAreAllRun() {
		this.lambda.function("flow", (context, input) -> "done");
		OnDemandFixture.Process process = this.lambda.process();
		for (int i = 0; i < 450; i++) {
			this.started.add(process.client().function("flow").start(i));
		}
		assertThat(process.work()).isEmpty();
		assertThat(this.started)
			.allSatisfy((handle) -> assertThat(handle.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
	}

}
