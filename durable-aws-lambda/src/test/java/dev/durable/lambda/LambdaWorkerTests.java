package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.StepContext;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.ExecutionRow;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.tck.CrashPoint;
import dev.durable.store.tck.ProcessCrashed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A Lambda function of several instances that work on executions in one store. */
class LambdaWorkerTests {

	private static final String RESULT = "reserved, approved, [1, 2, 3, 4]";

	/** How often the body of each step ran. */
	private final Map<String, Integer> runs = new ConcurrentHashMap<>();

	private final AtomicReference<String> callback = new AtomicReference<>();

	private SimulatedLambda lambda(long seed) {
		return new SimulatedLambda(seed).function("order", (context, input) -> {
			String reserved = context.step("reserve", String.class, (step) -> run(step, "reserved"));
			context.wait("cooling-off", Duration.ofDays(2));
			String approved = context.waitForCallback("approval", String.class,
					(callbackId, step) -> this.callback.set(run(step, callbackId)));
			List<Integer> parts = context.map("parts", List.of(1, 2, 3, 4), Integer.class, (child, part, index) -> {
				child.wait("pause", Duration.ofHours(part));
				return child.step("part " + part, Integer.class, (step) -> run(step, part));
			}).results();
			return reserved + ", " + approved + ", " + parts;
		});
	}

	private <T> T run(StepContext step, T result) {
		this.runs.merge(String.valueOf(step.operationId()), 1, Integer::sum);
		return result;
	}

	private static ExecutionHandle<Object> start(SimulatedLambda lambda) {
		return lambda.call((client) -> client.function("order").named("order-1").start(null));
	}

	private void approve(SimulatedLambda lambda) {
		String id = this.callback.getAndSet(null);
		try {
			if (id != null) {
				lambda.web().callbacks().succeed(id, "approved");
			}
		}
		catch (CallbackAlreadyCompletedException ex) {
			// the step that told its id ran twice, as its instance was killed
		}
	}

	private static ExecutionRow row(SimulatedLambda lambda, ExecutionHandle<?> handle) {
		return lambda.data.find(handle.id()).orElseThrow();
	}

	private void assertRanOnce(SimulatedLambda lambda, ExecutionHandle<Object> handle) {
		assertThat(lambda.web().execution(handle.id(), Object.class).result(Duration.ZERO)).isEqualTo(RESULT);
		assertThat(this.runs).hasSize(6).allSatisfy((step, count) -> assertThat(count).isEqualTo(1));
		assertThat(handle.history()).noneMatch((event) -> event.error() != null);
		assertThat(lambda.time.advanceToNext()).as("a timer is left").isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void executionGoesOnInWhicheverInstanceIsWoken(long seed) {
		SimulatedLambda lambda = lambda(seed);
		ExecutionHandle<Object> handle = start(lambda);
		Instant begin = lambda.time.instant();
		while (row(lambda, handle).state().status() == ExecutionStatus.RUNNING) {
			assertThat(row(lambda, handle).state().node()).as("nobody owns it while all are frozen").isNull();
			assertThat(lambda.deliverNext()).as("a wake-up is scheduled").isTrue();
			approve(lambda);
		}
		assertRanOnce(lambda, handle);
		assertThat(lambda.time.instant()).isEqualTo(begin.plus(Duration.ofHours(52)));
		assertThat(lambda.invocations).as("start, wait, callback, four pauses").isEqualTo(7);
	}

	@Test
	void executionWhoseWakeUpsAreLostGoesOnWithTheSweep() {
		SimulatedLambda lambda = lambda(1);
		ExecutionHandle<Object> handle = start(lambda);
		Instant latest = lambda.time.instant().plus(Duration.ofHours(55));
		while (row(lambda, handle).state().status() == ExecutionStatus.RUNNING) {
			assertThat(lambda.time.instant()).isBefore(latest);
			lambda.scheduled.clear();
			lambda.sweepAfter(Duration.ofMinutes(30));
			approve(lambda);
		}
		assertRanOnce(lambda, handle);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void executionWhoseWakeUpsComeTwiceOrEarlyGoesOnAsUsual(long seed) {
		SimulatedLambda lambda = lambda(seed);
		Random random = new Random(seed);
		ExecutionHandle<Object> handle = start(lambda);
		while (row(lambda, handle).state().status() == ExecutionStatus.RUNNING) {
			Instant at = lambda.scheduled.element();
			if (at.isAfter(lambda.time.instant()) && random.nextBoolean()) {
				lambda.scheduled.remove(at);
				lambda.deliver(new WakeUpEvent.Due(at).json());
				assertThat(lambda.scheduled).as("it came too early, and comes again").contains(at);
			}
			if (lambda.scheduled.size() < 3) {
				lambda.schedule(at);
			}
			assertThat(lambda.deliverNext()).isTrue();
			approve(lambda);
		}
		assertRanOnce(lambda, handle);
	}

	@ParameterizedTest
	@EnumSource(CrashPoint.Moment.class)
	void executionWhoseInstanceIsKilledIsTakenOverByAnother(CrashPoint.Moment moment) {
		boolean killed = true;
		int append = 0;
		while (killed) {
			append++;
			this.runs.clear();
			SimulatedLambda lambda = lambda(append);
			lambda.killAt(new CrashPoint(append, moment));
			killed = runsToItsEnd(lambda);
		}
		assertThat(append).as("appends of an undisturbed run").isGreaterThan(15);
	}

	/** Returns whether an instance was killed. */
	private boolean runsToItsEnd(SimulatedLambda lambda) {
		boolean killed = false;
		ExecutionHandle<Object> handle = null;
		for (int moment = 0; moment < 10_000; moment++) {
			try {
				if (handle == null) {
					handle = start(lambda);
				}
				else if (row(lambda, handle).state().status() == ExecutionStatus.RUNNING) {
					if (!lambda.deliverNext()) {
						lambda.sweepAfter(Duration.ofMinutes(30));
					}
				}
				else {
					assertThat(lambda.web().execution(handle.id(), Object.class).result(Duration.ZERO))
						.isEqualTo(RESULT);
					return killed;
				}
			}
			catch (ProcessCrashed ex) {
				killed = true;
			}
			approve(lambda);
		}
		throw new AssertionError("The execution did not end");
	}

	@Test
	void executionWithMoreStepsThanTimeGoesOnAtOnceInAnotherInvocation() {
		AtomicInteger steps = new AtomicInteger();
		SimulatedLambda lambda = new SimulatedLambda(1);
		lambda.function("order", (context, input) -> {
			for (int i = 0; i < 20; i++) {
				context.step("part " + i, Integer.class, (step) -> {
					lambda.time.advance(Duration.ofMillis(300));
					return steps.incrementAndGet();
				});
			}
			return "done";
		});
		ExecutionHandle<Object> handle = start(lambda);
		while (lambda.deliverNext()) {
			assertThat(row(lambda, handle).state().node()).isNull();
		}
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
		assertThat(steps).hasValue(20);
		assertThat(lambda.invocations).isBetween(3, 5);
		assertThat(handle.history()).noneMatch((event) -> event.error() != null);
	}

	@Test
	void stepLongerThanTheLimitIsLeftInTimeAndRunsAgainElsewhere() throws Exception {
		CountDownLatch thawed = new CountDownLatch(1);
		AtomicInteger attempts = new AtomicInteger();
		SimulatedLambda lambda = new SimulatedLambda(1);
		lambda.function("order", (context, input) -> context.step("long", String.class, (step) -> {
			if (attempts.incrementAndGet() == 1) {
				lambda.time.advance(Duration.ofMillis(2500));
				thawed.await();
				return "too late";
			}
			return "in time";
		}));
		AtomicReference<ExecutionHandle<Object>> handle = new AtomicReference<>();
		EmbeddedEngine frozen = EmbeddedEngine.builder(lambda.data, lambda.data, new JacksonPayloadCodec())
			.functions(lambda::functions)
			.timers(lambda.time)
			.build();
		FakeContext context = FakeContext.of(lambda.time, SimulatedLambda.LIMIT);
		LambdaWorker worker = new LambdaWorker(frozen, lambda, LambdaWorker.Settings.defaults());
		assertThat(worker.<String>during(context, () -> {
			handle.set(frozen.client().function("order").start(null));
			return "answered";
		})).isEqualTo("answered");
		assertThat(context.getRemainingTimeInMillis()).isPositive();
		assertThat(lambda.deliverNext()).isTrue();
		assertThat(handle.get().result(Duration.ZERO)).isEqualTo("in time");
		thawed.countDown();
		assertThat(handle.get().history()).extracting(HistoryEvent::type)
			.containsOnlyOnce(EventType.STEP_SUCCEEDED, EventType.EXECUTION_SUCCEEDED);
	}

	@Test
	void taskThatFailsStillHasItsExecutionsWokenUp() {
		SimulatedLambda lambda = lambda(1);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lambda.call((client) -> {
			client.function("order").start(null);
			throw new IllegalStateException("The ordinary function failed");
		})).withMessage("The ordinary function failed");
		assertThat(lambda.scheduled).containsExactly(lambda.time.instant().plus(Duration.ofDays(2)));
	}

	@Test
	void startByAWebApplicationWakesTheFunction() {
		SimulatedLambda lambda = new SimulatedLambda(1).function("order", (context, input) -> "done");
		ExecutionHandle<Object> handle = lambda.web(lambda.functions()).function("order").start(null);
		assertThat(lambda.scheduled).containsExactly(lambda.time.instant());
		lambda.deliverNext();
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void wakeUpBeyondTheHorizonIsLeftToTheSweep() {
		SimulatedLambda lambda = new SimulatedLambda(1).function("order", (context, input) -> {
			context.wait("season", Duration.ofDays(31));
			return "done";
		});
		ExecutionHandle<Object> handle = start(lambda);
		assertThat(lambda.scheduled).isEmpty();
		lambda.sweepAfter(Duration.ofDays(31));
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void queuedWakeUpThatIsFarIsSentOnAndTheOthersAreWorkedOnTogether() {
		SimulatedLambda lambda = new SimulatedLambda(1).function("order", (context, input) -> "done");
		Instant now = lambda.time.instant();
		ExecutionHandle<Object> handle = lambda.web(lambda.functions()).function("order").start(null);
		lambda.scheduled.clear();
		String answer = lambda.deliver(queue(new WakeUpEvent.Due(now).json(),
				new WakeUpEvent.Due(now.plus(Duration.ofDays(1))).json(), WakeUpEvent.SWEEP));
		assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
		assertThat(lambda.scheduled).containsExactly(now.plus(Duration.ofDays(1)));
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void queuedMessagesThatCannotBeHandledGoBack() {
		SimulatedLambda lambda = new SimulatedLambda(1);
		Instant now = lambda.time.instant();
		lambda.refuses = true;
		assertThat(lambda.deliver(queue("{\"order\":1}", new WakeUpEvent.Due(now.plusSeconds(900)).json(),
				new WakeUpEvent.Due(now).json())))
			.isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"},{\"itemIdentifier\":\"m1\"}]}");
		lambda.unreachable = true;
		assertThat(lambda.deliver(queue(new WakeUpEvent.Due(now).json())))
			.isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> lambda.deliver(WakeUpEvent.SWEEP));
	}

	private static String queue(String... bodies) {
		StringBuilder records = new StringBuilder();
		for (int i = 0; i < bodies.length; i++) {
			records.append((i > 0) ? "," : "")
				.append("{\"messageId\":\"m%d\",\"eventSource\":\"aws:sqs\",\"body\":\"%s\"}".formatted(i,
						bodies[i].replace("\"", "\\\"")));
		}
		return "{\"Records\":[" + records + "]}";
	}

	@Test
	void eventOfTheApplicationIsNoWakeUp() {
		SimulatedLambda lambda = new SimulatedLambda(1);
		assertThat(LambdaWorker.isWakeUp("{\"order\":\"durable\"}".getBytes(StandardCharsets.UTF_8))).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> lambda.deliver("{\"order\":1}"))
			.withMessage("The event is no wake-up; ask isWakeUp(event) first, and give others to the application");
	}

}
