package dev.durable.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.durable.DurableClient;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.DurableStep;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.IllegalDurableCallException;
import dev.durable.OperationRef;
import dev.durable.RetryPreset;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.context.CurrentExecution;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Steps and functions that return futures, on the real engine. */
@Timeout(60)
class AsyncStepTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			Application.class);

	private final TripFlow flow = this.context.getBean(TripFlow.class);

	private final Travel travel = this.context.getBean(Travel.class);

	private final DurableClient client = this.context.getBean(DurableClient.class);

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void stepsThatReturnFuturesRunSideBySideAndAreRecorded() {
		ExecutionHandle<List<String>> trip = this.client.function(TripFlow.class).start(TripFlow::sideBySide);
		assertThat(trip.result(TIMEOUT)).containsExactly("first", "second");
		assertThat(succeededSteps(trip)).containsExactlyInAnyOrder("meet", "meet");
		assertThat(CallLog.drain()).containsOnlyOnce("first", "second");
	}

	@Test
	void everyKindOfFutureGivesItsResult() throws Exception {
		assertThat(this.flow.kinds()).containsExactly("durable", "completable", "stage", "future", "null");
	}

	@Test
	void futuresCanBeCombinedOnTheFirstRunAndOnReplay() {
		assertThat(this.flow.combined()).isEqualTo("[a, B, c+d, e!]");
		List<String> log = CallLog.drain();
		assertThat(Collections.frequency(log, "combined")).isGreaterThan(1);
		assertThat(log).containsOnlyOnce("a", "b", "c", "d", "e");
	}

	@Test
	void waitingForAFutureOrWhatFollowsItSuspendsTheExecution() {
		assertThat(this.flow.suspending()).isEqualTo("reached, at last");
		List<String> log = CallLog.drain();
		assertThat(Collections.frequency(log, "suspending")).isGreaterThan(1);
		assertThat(Collections.frequency(log, "unreliable")).isEqualTo(2);
		assertThat(log).doesNotContain("handled");
	}

	@Test
	void allOfWaitsInProcessForAStepThatIsRetried() {
		assertThat(this.flow.allOf()).isEqualTo("reached and x");
		assertThat(Collections.frequency(CallLog.drain(), "unreliable")).isEqualTo(2);
	}

	@Test
	void allOfAfterASuspensionDoesNotKeepTheThread() {
		assertThat(this.flow.cleaningUp()).isEqualTo("reached");
		List<String> log = CallLog.drain();
		assertThat(log).contains("invocation ended");
		assertThat(Collections.frequency(log, "unreliable")).isEqualTo(2);
	}

	@Test
	void allOfIsLeftWhenTheEngineStops() throws Exception {
		this.client.function(TripFlow.class).start(TripFlow::retriedMuchLater);
		this.travel.begun.await();
		this.context.close();
		assertThat(CallLog.drain()).containsExactly("invocation ended");
	}

	@Test
	void failureOfTheFutureIsTheFailureOfTheStep() throws Exception {
		assertThat(this.flow.failing()).containsExactly("IOException: disk", "IOException: disk", "IOException: disk",
				"recovered from disk");
		assertThat(CallLog.drain()).containsExactly("failing", "failing", "failing", "failing");
	}

	@Test
	void invokesThatReturnFuturesRunSideBySide() {
		assertThat(this.flow.invokes()).isEqualTo("car+hotel");
		assertThat(this.flow.failingInvoke()).startsWith("InvokeFailedException: ").endsWith("sold out");
	}

	@Test
	void functionMayReturnWhatFollowsAStep() {
		assertThat(this.flow.returning().join()).isEqualTo("z, returned");
	}

	@Test
	void durableCallInWhatFollowsAFutureIsRefused() {
		assertThatExceptionOfType(IllegalDurableCallException.class).isThrownBy(this.flow::callInFollowUp)
			.withMessageStartingWith(
					"@DurableStep AsyncStepTests.Travel.completable(String) was called by code that follows a CompletableFuture");
	}

	@Test
	void onlyTheExecutionCompletesTheFuture() {
		assertThat(this.flow.meddling()).containsExactly("'complete' was called", "'orTimeout' was called",
				"cancelled: false", "x");
	}

	@Test
	void futureIsNotForOtherThreads() {
		assertThat(this.flow.foreignThread())
			.startsWith("Durable call 'DurableFuture.get' on thread 'foreign', which does not belong");
	}

	@Test
	void outsideAnExecutionAndInsideAStepTheCallIsPlain() throws Exception {
		CompletableFuture<String> made = new CompletableFuture<>();
		assertThat(this.travel.given(made)).isSameAs(made);
		assertThat(this.travel.durable("out").get()).isEqualTo("out");
		assertThat(this.flow.nested()).isEqualTo("inner");
		assertThat(CallLog.drain()).containsExactly("out", "inner");
	}

	private static List<String> succeededSteps(ExecutionHandle<?> execution) {
		return execution.history()
			.stream()
			.filter((event) -> event.type() == EventType.STEP_SUCCEEDED)
			.map(HistoryEvent::operation)
			.map(OperationRef::name)
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ DurableSpringConfiguration.class, TripFlow.class, Travel.class })
	static class Application {

		@Bean(initMethod = "start", destroyMethod = "stop")
		EmbeddedEngine engine(DurableFunctions functions, SpringTypedCalls typedCalls) {
			MemoryCheckpointStore store = new MemoryCheckpointStore();
			JacksonPayloadCodec codec = new JacksonPayloadCodec();
			return EmbeddedEngine.builder(store, store, codec)
				.functions(functions::get)
				.typedCalls(typedCalls)
				.errorCodec(new ExceptionCodec(codec, (type) -> true, getClass().getClassLoader()))
				.build();
		}

		@Bean
		DurableClient client(EmbeddedEngine engine) {
			return engine.client();
		}

		@Bean(destroyMethod = "shutdown")
		Executor foreignExecutor() {
			return Executors.newSingleThreadExecutor((task) -> new Thread(task, "foreign"));
		}

	}

	static class Travel {

		private final Executor foreign;

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch meeting = new CountDownLatch(2);

		Travel(Executor foreign) {
			this.foreign = foreign;
		}

		@DurableStep
		DurableFuture<String> durable(String text) {
			CallLog.add(text);
			return DurableFuture.completed(text);
		}

		@DurableStep
		CompletableFuture<String> completable(String text) {
			return CompletableFuture.supplyAsync(() -> {
				CallLog.add(text);
				return text;
			}, this.foreign);
		}

		@DurableStep
		CompletionStage<String> stage(String text) {
			return CompletableFuture.completedStage(text);
		}

		@DurableStep
		Future<String> future(String text) {
			return CompletableFuture.completedFuture(text);
		}

		@DurableStep
		CompletableFuture<String> given(CompletableFuture<String> future) {
			return future;
		}

		/**
		 * From one second up a delay is not spread below it: long enough to suspend in.
		 */
		@DurableStep(maxRetries = 2, delay = 1000)
		CompletableFuture<String> unreliable(CountDownLatch failures) {
			CallLog.add("unreliable");
			if (failures.getCount() > 0) {
				failures.countDown();
				return CompletableFuture.failedFuture(new IOException("not reached"));
			}
			return CompletableFuture.completedFuture("reached");
		}

		@DurableStep(maxRetries = 1, delay = 1, timeUnit = TimeUnit.DAYS)
		CompletableFuture<String> retriedMuchLater() {
			this.begun.countDown();
			return CompletableFuture.failedFuture(new IOException("not today"));
		}

		@DurableStep
		CompletableFuture<String> meet(String name) throws InterruptedException {
			this.meeting.countDown();
			this.meeting.await();
			CallLog.add(name);
			return CompletableFuture.completedFuture(name);
		}

		@DurableStep(retry = RetryPreset.NONE)
		CompletableFuture<String> failing() {
			CallLog.add("failing");
			return CompletableFuture.failedFuture(new IOException("disk"));
		}

		@DurableFunction
		CompletableFuture<String> book(String what) {
			return CompletableFuture.completedFuture(what);
		}

		@DurableFunction
		CompletableFuture<String> soldOut() {
			throw new IllegalStateException("sold out");
		}

	}

	static class TripFlow {

		private final DurableContext durable;

		private final Travel travel;

		private final Executor foreign;

		private final CountDownLatch firstFailure = new CountDownLatch(1);

		TripFlow(DurableContext durable, Travel travel, Executor foreign) {
			this.durable = durable;
			this.travel = travel;
			this.foreign = foreign;
		}

		@DurableFunction
		List<String> sideBySide() throws InterruptedException {
			CompletableFuture<String> first = this.travel.meet("first");
			CompletableFuture<String> second = this.travel.meet("second");
			return List.of(first.join(), second.join());
		}

		@DurableFunction
		List<String> kinds() throws Exception {
			DurableFuture<String> durable = this.travel.durable("durable");
			CompletableFuture<String> completable = this.travel.completable("completable");
			CompletionStage<String> stage = this.travel.stage("stage");
			Future<String> future = this.travel.future("future");
			return List.of(durable.get(), completable.get(), stage.toCompletableFuture().join(),
					future.get(1, TimeUnit.SECONDS),
					String.valueOf(this.travel.given(CompletableFuture.completedFuture(null)).get()));
		}

		@DurableFunction
		String combined() {
			CallLog.add("combined");
			CompletableFuture<String> a = this.travel.completable("a");
			CompletableFuture<String> b = this.travel.completable("b").thenApply(String::toUpperCase);
			CompletableFuture<String> c = this.travel.completable("c")
				.thenCombine(this.travel.completable("d"), (left, right) -> left + "+" + right);
			CompletableFuture<String> e = this.own("e")
				.thenCompose((text) -> CompletableFuture.supplyAsync(() -> text + "!"));
			CompletableFuture.allOf(a, b, c, e).join();
			this.durable.wait("pause", Duration.ofMillis(20));
			return List.of(a.join(), b.join(), c.join(), e.join()).toString();
		}

		@DurableStep
		CompletableFuture<String> own(String text) {
			CallLog.add(text);
			return CompletableFuture.completedFuture(text);
		}

		@DurableFunction
		String suspending() {
			CallLog.add("suspending");
			return this.travel.unreliable(this.firstFailure).whenComplete((result, failure) -> {
				if (failure != null) {
					CallLog.add("handled");
				}
			}).handle((result, failure) -> (failure != null) ? "handled" : result).exceptionally((failure) -> {
				CallLog.add("handled");
				return "handled";
			}).thenApply((result) -> result + ", at last").join();
		}

		@DurableFunction
		String allOf() {
			CompletableFuture<String> one = this.travel.unreliable(this.firstFailure);
			CompletableFuture<String> two = this.travel.completable("x");
			return CompletableFuture.allOf(one, two).thenApply((nothing) -> one.join() + " and " + two.join()).join();
		}

		@DurableFunction
		String cleaningUp() {
			CompletableFuture<String> future = this.travel.unreliable(this.firstFailure);
			try {
				return future.join();
			}
			finally {
				joinAll(future);
			}
		}

		@DurableFunction
		String retriedMuchLater() {
			joinAll(this.travel.retriedMuchLater());
			return "retried";
		}

		private static void joinAll(CompletableFuture<?> future) {
			try {
				CompletableFuture.allOf(future).join();
			}
			catch (CompletionException ex) {
				CallLog.add(CurrentExecution.isInvocationEnd(ex.getCause()) ? "invocation ended" : "failed");
				throw ex;
			}
		}

		@DurableFunction
		List<String> failing() throws Exception {
			String joined;
			try {
				joined = this.travel.failing().join();
			}
			catch (CompletionException ex) {
				joined = text(ex.getCause());
			}
			String got;
			try {
				got = this.travel.failing().get();
			}
			catch (ExecutionException ex) {
				got = text(ex.getCause());
			}
			String all;
			try {
				all = String.valueOf(CompletableFuture.allOf(this.travel.failing()).join());
			}
			catch (CompletionException ex) {
				all = text(ex.getCause());
			}
			return List.of(joined, got, all,
					this.travel.failing().exceptionally((failure) -> "recovered from " + failure.getMessage()).join());
		}

		@DurableFunction
		String invokes() {
			CompletableFuture<String> car = this.travel.book("car");
			CompletableFuture<String> hotel = this.travel.book("hotel");
			CompletableFuture.allOf(car, hotel).join();
			return car.thenCombine(hotel, (left, right) -> left + "+" + right).join();
		}

		@DurableFunction
		String failingInvoke() {
			try {
				return this.travel.soldOut().join();
			}
			catch (CompletionException ex) {
				return text(ex.getCause());
			}
		}

		@DurableFunction
		CompletableFuture<String> returning() {
			return this.travel.completable("z").thenApply((text) -> text + ", returned");
		}

		@DurableFunction
		String callInFollowUp() throws Throwable {
			CountDownLatch registered = new CountDownLatch(1);
			CompletableFuture<String> following = this.travel.given(CompletableFuture.supplyAsync(() -> {
				awaitDone(registered);
				return "x";
			})).thenCompose(this.travel::completable);
			registered.countDown();
			try {
				return following.join();
			}
			catch (CompletionException ex) {
				throw ex.getCause();
			}
		}

		@DurableFunction
		List<String> meddling() {
			CompletableFuture<String> future = this.travel.completable("x");
			return List.of(problem(() -> future.complete("y")), problem(() -> future.orTimeout(1, TimeUnit.DAYS)),
					"cancelled: " + future.cancel(true), future.join());
		}

		@DurableFunction
		String foreignThread() {
			CountDownLatch asked = new CountDownLatch(1);
			CompletableFuture<String> future = this.travel.given(CompletableFuture.supplyAsync(() -> {
				awaitDone(asked);
				return "x";
			}));
			String message = CompletableFuture.supplyAsync(() -> problem(future::join), this.foreign).join();
			asked.countDown();
			future.join();
			return message;
		}

		@DurableFunction
		String nested() {
			return this.durable.step("outer", String.class, (step) -> this.travel.durable("inner").get());
		}

		private static void awaitDone(CountDownLatch latch) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static String problem(Runnable code) {
			try {
				code.run();
				return "none";
			}
			catch (IllegalStateException ex) {
				return String.valueOf(ex.getMessage());
			}
			catch (UnsupportedOperationException ex) {
				return ex.getMessage().substring(0, ex.getMessage().indexOf(" on"));
			}
		}

		private static String text(Throwable failure) {
			return "%s: %s".formatted(failure.getClass().getSimpleName(), failure.getMessage());
		}

	}

}
