package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.durable.BatchOptions;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.ErrorObject;
import dev.durable.ExecutionHandle;
import dev.durable.Jitter;
import dev.durable.OperationStatus;
import dev.durable.ParallelBranch;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.InvocationStatus;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What listeners are told, and when, on the memory store. */
class ListenerTests {

	private static final StepOptions TRIED_TWICE = StepOptions.defaults()
		.withRetry(
				RetryStrategy.backoff().maxAttempts(2).initialDelay(Duration.ofSeconds(1)).jitter(Jitter.NONE).build());

	private final EngineFixture engine = new EngineFixture();

	private final Diary diary = new Diary();

	private static Object reserveAndPause(DurableContext context) {
		String reserved = context.step("reserve", String.class, (step) -> "room 7");
		context.wait("pause", Duration.ofMinutes(1));
		return reserved;
	}

	private ExecutionHandle<Object> runReserveAndPause(DurableListener... listeners) {
		this.engine.function("flow", (context, input) -> reserveAndPause(context)).listeners(listeners).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo("room 7");
		return handle;
	}

	@Test
	void hooksOverASuspensionComeInTheirOrder() {
		runReserveAndPause(this.diary);
		assertThat(this.diary.lines).startsWith("invocation-start: first=true")
			.containsSubsequence("attempt-start: Step 'reserve' 1 replayed=false children=false",
					"attempt-end: Step 'reserve' 1 succeeded=true", "operation-end: Step 'reserve' SUCCEEDED")
			.containsSubsequence("operation-start: Step 'reserve' replayed=false",
					"operation-change: Step 'reserve' STARTED of 1", "operation-change: Step 'reserve' SUCCEEDED of 1",
					"operation-end: Step 'reserve' SUCCEEDED", "operation-start: Wait 'pause' replayed=false",
					"operation-change: Wait 'pause' STARTED of 2", "invocation-end: PENDING",
					"invocation-start: first=false", "operation-end: Wait 'pause' SUCCEEDED",
					"invocation-end: SUCCEEDED")
			.endsWith("invocation-end: SUCCEEDED")
			.hasSize(13);
	}

	@Test
	void invocationsAreToldWithWhatChangedMeanwhile() {
		Instant begin = this.engine.time.instant();
		ExecutionHandle<Object> handle = runReserveAndPause(this.diary);
		assertThat(this.diary.starts).hasSize(2).allSatisfy((start) -> {
			assertThat(start.execution()).isEqualTo(handle.id());
			assertThat(start.function().name()).isEqualTo("flow");
			assertThat(start.executionStartedAt()).isEqualTo(begin);
		});
		assertThat(this.diary.starts.get(0).updatedOperations()).isEmpty();
		assertThat(this.diary.starts.get(1).updatedOperations().values()).singleElement().satisfies((info) -> {
			assertThat(info.operation().name()).isEqualTo("pause");
			assertThat(info.status()).isEqualTo(OperationStatus.SUCCEEDED);
			assertThat(info.replayed()).isTrue();
		});
		assertThat(this.diary.ends).extracting((end) -> end.invocation().requestId())
			.doesNotHaveDuplicates()
			.containsExactlyElementsOf(this.diary.starts.stream().map(InvocationInfo::requestId).toList());
		assertThat(this.diary.ends.get(1).invocation().operations()).hasSize(2);
		assertThat(this.diary.ends).allSatisfy((end) -> assertThat(end.error()).isNull());
	}

	@Test
	void operationsAreToldWithTheirResultsAndTimes() {
		Instant begin = this.engine.time.instant();
		runReserveAndPause(this.diary);
		assertThat(this.diary.endedOperations.get(0)).satisfies((reserve) -> {
			assertThat(reserve.result()).isEqualTo("\"room 7\"");
			assertThat(reserve.attempt()).isEqualTo(1);
			assertThat(reserve.error()).isNull();
			assertThat(reserve.replayed()).isFalse();
			assertThat(reserve).asString().contains("reserve").doesNotContain("room");
		});
		assertThat(this.diary.endedOperations.get(1)).satisfies((pause) -> {
			assertThat(pause.result()).isNull();
			assertThat(pause.startedAt()).isEqualTo(begin);
			assertThat(pause.endedAt()).isEqualTo(begin.plus(Duration.ofMinutes(1)));
		});
		assertThat(this.diary.endedAttempts).singleElement().satisfies((attempt) -> {
			assertThat(attempt.startedAt()).isEqualTo(begin);
			assertThat(attempt.endedAt()).isEqualTo(begin);
		});
	}

	@Test
	void endIsToldOnceAndAStartAgainOnlyForWhatHasNotEnded() {
		this.engine.function("flow", (context, input) -> {
			DurableCallback<String> approval = context.createCallback("approval", String.class);
			context.step("first", String.class, (step) -> "done");
			context.step("second", String.class, TRIED_TWICE, (step) -> {
				if (step.attempt() == 1) {
					throw new IllegalStateException("Not yet");
				}
				return "done";
			});
			context.wait("pause", Duration.ofMinutes(1));
			if (this.engine.log.isEmpty()) {
				this.engine.log.add(approval.callbackId());
			}
			return approval.get();
		}).listeners(this.diary).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		this.engine.advance(Duration.ofSeconds(1));
		this.engine.advance(Duration.ofMinutes(1));
		this.engine.client().callbacks().succeed(this.engine.log.get(0), "yes");
		assertThat(this.engine.result(handle)).isEqualTo("yes");
		assertThat(this.diary.lines("invocation-start")).containsExactly("first=true", "first=false", "first=false",
				"first=false");
		assertThat(this.diary.lines("operation-end")).containsExactly("Step 'first' SUCCEEDED",
				"Step 'second' SUCCEEDED", "Wait 'pause' SUCCEEDED", "Callback 'approval' SUCCEEDED");
		assertThat(this.diary.lines("operation-start")).containsExactly("Callback 'approval' replayed=false",
				"Step 'first' replayed=false", "Step 'second' replayed=false", "Callback 'approval' replayed=true",
				"Step 'second' replayed=true", "Wait 'pause' replayed=false", "Callback 'approval' replayed=true");
		assertThat(this.diary.lines("attempt-start")).containsExactly("Step 'first' 1 replayed=false children=false",
				"Step 'second' 1 replayed=false children=false", "Step 'second' 2 replayed=true children=false");
	}

	@Test
	void listenerThatThrowsChangesNothingAndTheNextOneIsTold() {
		ExecutionHandle<Object> alone = runReserveAndPause(this.diary);
		Diary next = new Diary();
		EngineFixture other = new EngineFixture();
		other.function("flow", (context, input) -> reserveAndPause(context)).listeners(new Faulty(), next).start();
		ExecutionHandle<Object> handle = other.run("flow", null);
		other.advance(Duration.ofMinutes(1));
		assertThat(other.result(handle)).isEqualTo("room 7");
		assertThat(EngineFixture.types(handle)).isEqualTo(EngineFixture.types(alone));
		assertThat(next.lines).containsExactlyInAnyOrderElementsOf(this.diary.lines);
	}

	@Test
	void errorsAreToldWithAttemptOperationAndInvocation() {
		this.engine.function("flow", (context, input) -> context.step("charge", String.class, TRIED_TWICE, (step) -> {
			throw new IllegalStateException("No money, attempt " + step.attempt());
		})).listeners(this.diary).start();
		this.engine.run("flow", null);
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.diary.endedAttempts).extracting((attempt) -> Objects.requireNonNull(attempt.error()))
			.hasOnlyElementsOfType(IllegalStateException.class)
			.extracting(Throwable::getMessage)
			.containsExactly("No money, attempt 1", "No money, attempt 2");
		assertThat(this.diary.endedOperations).singleElement().satisfies((charge) -> {
			assertThat(charge.status()).isEqualTo(OperationStatus.FAILED);
			assertThat(charge.result()).isNull();
			assertThat(charge.attempt()).isEqualTo(2);
			assertNoMoney(charge.error());
		});
		assertThat(this.diary.ends).extracting(InvocationEndInfo::status)
			.containsExactly(InvocationStatus.PENDING, InvocationStatus.FAILED);
		assertThat(this.diary.ends.get(0).error()).isNull();
		assertNoMoney(this.diary.ends.get(1).error());
	}

	private static void assertNoMoney(ErrorObject error) {
		assertThat(error).isNotNull();
		assertThat(error.errorType()).isEqualTo(IllegalStateException.class.getName());
		assertThat(error.errorMessage()).isEqualTo("No money, attempt 2");
	}

	@Test
	void branchWhoseStartIsRecordedBeforeItRunsIsNoReplay() {
		this.engine.function("flow", (context, input) -> {
			List<ParallelBranch<String>> branches = List.of(
					ParallelBranch.of("left", (child) -> child.step("l", String.class, (step) -> "left")),
					ParallelBranch.of("right", (child) -> {
						child.wait("pause", Duration.ofMinutes(1));
						return "right";
					}));
			return context
				.parallel("both", branches, TypeRef.of(String.class), BatchOptions.builder().maxConcurrency(2).build())
				.results();
		}).branches(1, 256).listeners(this.diary).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo(List.of("left", "right"));
		assertThat(this.diary.lines("attempt-start")).filteredOn((line) -> line.contains("'right'"))
			.containsExactly("ParallelBranch 'right' 1 replayed=false children=false",
					"ParallelBranch 'right' 1 replayed=true children=true");
		assertThat(this.diary.lines("attempt-end")).filteredOn((line) -> line.contains("'right'"))
			.containsExactly("ParallelBranch 'right' 1 succeeded=true");
	}

	/** Throws whatever it is told. */
	private static final class Faulty implements DurableListener {

		@Override
		public void onInvocationStart(InvocationInfo info) {
			throw new IllegalStateException("start");
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			throw new IllegalStateException("end");
		}

		@Override
		public void onOperationStart(OperationInfo operation) {
			throw new AssertionError("operation start");
		}

		@Override
		public void onOperationEnd(OperationInfo operation) {
			throw new IllegalStateException("operation end");
		}

		@Override
		public void onOperationChange(OperationChange change) {
			throw new StackOverflowError("operation change");
		}

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			throw new IllegalStateException("attempt start");
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			throw new AssertionError("attempt end");
		}

	}

}
