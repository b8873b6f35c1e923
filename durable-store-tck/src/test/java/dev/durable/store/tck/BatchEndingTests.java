package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.BatchItemFailedException;
import dev.durable.BatchItemStatus;
import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.CompletionReason;
import dev.durable.DurableContext;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.engine.FunctionBody;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Maps and parallels that end early, wrongly, or with other items than before. */
class BatchEndingTests {

	private static final StepOptions ONCE = StepOptions.defaults().withRetry(RetryStrategy.none());

	private static final BatchOptions FIRST = BatchOptions.builder()
		.completion(CompletionConfig.firstSuccessful())
		.build();

	private final EngineFixture engine = new EngineFixture();

	private final CountDownLatch slowBegan = new CountDownLatch(1);

	private final CountDownLatch slowMayEnd = new CountDownLatch(1);

	private final AtomicBoolean slowEnded = new AtomicBoolean();

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("Not within 20 s");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	private String slowStep(DurableContext child) {
		return child.step("slow", String.class, (step) -> {
			this.slowBegan.countDown();
			await(this.slowMayEnd);
			this.slowEnded.set(true);
			return "slow";
		});
	}

	private ParallelBranch<String> fast() {
		return ParallelBranch.of("fast", (child) -> child.step("quick", String.class, (step) -> {
			await(this.slowBegan);
			return "fast";
		}));
	}

	private String failureOf(FunctionBody body) {
		this.engine.function("bad", body).start();
		ExecutionHandle<Object> handle = this.engine.run("bad", null);
		AtomicReference<String> failure = new AtomicReference<>();
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.satisfies((ex) -> failure.set(ex.error().errorType() + ": " + ex.error().errorMessage()));
		return failure.get();
	}

	private String blockedReason() {
		return String.valueOf(this.engine.client().list(ExecutionQuery.all()).executions().get(0).blockedReason());
	}

	private static List<String> namesOf(ExecutionHandle<?> handle, EventType type) {
		return handle.history()
			.stream()
			.filter((event) -> event.type() == type)
			.map((event) -> event.operation().name())
			.toList();
	}

	@Test
	void branchThatRunsWhenItsParallelEndsIsLeftAndRecordsNothingMore() {
		this.engine.function("early", (context, input) -> {
			ParallelBranch<String> slow = ParallelBranch.of("slow", (child) -> {
				String result = slowStep(child);
				child.step("never", String.class, (step) -> "never");
				return result;
			});
			BatchResult<String> result = context.parallel("parallel", List.of(slow, fast()), String.class, FIRST);
			context.step("after", String.class, (step) -> "after");
			this.slowMayEnd.countDown();
			return result.items().stream().map((item) -> item.name() + " " + item.status()).toList();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("early", null);
		assertThat(this.engine.result(handle)).isEqualTo(List.of("slow STARTED", "fast SUCCEEDED"));
		assertThat(this.slowEnded).isTrue();
		assertThat(namesOf(handle, EventType.STEP_STARTED)).containsExactlyInAnyOrder("slow", "quick", "after");
		assertThat(namesOf(handle, EventType.STEP_SUCCEEDED)).containsExactly("quick", "after");
		assertThat(namesOf(handle, EventType.CONTEXT_SUCCEEDED)).containsExactly("fast", "parallel");
	}

	@Test
	void branchesBelowABranchThatIsLeftRecordNothingMore() {
		this.engine.function("early", (context, input) -> {
			ParallelBranch<String> slow = ParallelBranch.of("outer", (child) -> child.parallel("inner",
					List.of(ParallelBranch.of("leaf", this::slowStep), ParallelBranch.of("waiting", (leaf) -> {
						leaf.wait("long", Duration.ofDays(1));
						return "never";
					})), String.class)
				.results()
				.get(0));
			BatchResult<String> result = context.parallel("parallel", List.of(slow, fast()), String.class, FIRST);
			context.step("after", String.class, (step) -> "after");
			this.slowMayEnd.countDown();
			context.wait("pause", Duration.ofMinutes(1));
			return result.results();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("early", null);
		assertThat(this.slowEnded).isTrue();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo(List.of("fast"));
		assertThat(namesOf(handle, EventType.STEP_SUCCEEDED)).containsExactly("quick", "after");
		assertThat(namesOf(handle, EventType.CONTEXT_SUCCEEDED)).containsExactly("fast", "parallel");
	}

	@Test
	void batchThatEndedEarlyReturnsTheSameOnReplay() {
		for (int size : new int[] { 1, 300_000 }) {
			EngineFixture fresh = new EngineFixture();
			fresh.function("early", (context, input) -> {
				BatchResult<String> result = context.map("map", List.of(30, 10, 20, 40, 50), String.class,
						BatchOptions.builder().completion(CompletionConfig.minSuccessful(2)).maxConcurrency(3).build(),
						(child, seconds, index) -> {
							child.wait("run", Duration.ofSeconds(seconds));
							return child.step("s", String.class, (step) -> "x").repeat(size);
						});
				fresh.log.add(result.toString());
				context.wait("pause", Duration.ofMinutes(5));
				return result.totalCount() + " " + result.startedCount() + " " + result.completionReason();
			}).start();
			ExecutionHandle<Object> handle = fresh.run("early", null);
			fresh.runToEnd(handle);
			assertThat(fresh.result(handle)).isEqualTo("4 2 MIN_SUCCESSFUL_REACHED");
			assertThat(fresh.log.stream().distinct()).as("size %d", size).hasSize(1);
			assertThat(fresh.log).hasSizeGreaterThan(1);
			fresh.engine().stop();
		}
	}

	@Test
	void onlySoManyItemsAreUnderWayAtOnceAndOneThatWaitsKeepsItsPlace() {
		BatchOptions two = BatchOptions.builder().maxConcurrency(2).build();
		this.engine.function("two", (context, input) -> context
			.map("map", List.of(10, 20, 30), Integer.class, two, (child, seconds, index) -> {
				child.wait("run", Duration.ofSeconds(seconds));
				return seconds;
			})
			.results()).start();
		ExecutionHandle<Object> handle = this.engine.run("two", null);
		assertThat(namesOf(handle, EventType.WAIT_STARTED)).hasSize(2);
		this.engine.advance(Duration.ofSeconds(10));
		assertThat(namesOf(handle, EventType.WAIT_STARTED)).hasSize(3);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo(List.of(10, 20, 30));
	}

	@Test
	void itemsThatWereNotBegunAreNotInTheResult() {
		this.engine.function("few", (context, input) -> {
			BatchResult<Integer> result = context.map("map", List.of(1, 2, 3, 4), Integer.class,
					BatchOptions.builder().maxConcurrency(1).completion(CompletionConfig.failFast()).build(),
					(child, item, index) -> child.step("s", Integer.class, ONCE, (step) -> {
						if (item == 2) {
							throw new IllegalStateException("no " + item);
						}
						return item;
					}));
			this.engine.log.add(result.toString());
			context.wait("pause", Duration.ofMinutes(1));
			return result.items().stream().map((item) -> item.index() + " " + item.status()).toList();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("few", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo(List.of("0 SUCCEEDED", "1 FAILED"));
		assertThat(this.engine.log).hasSize(2).allMatch(this.engine.log.get(0)::equals);
	}

	@Test
	void failureOfAnItemDoesNotFailTheMapUnlessItIsRethrown() {
		this.engine.function("rethrows", (context, input) -> {
			BatchResult<String> result = context.map("map", List.of("a"), String.class,
					(child, item, index) -> child.step("s", String.class, ONCE, (step) -> {
						throw new IllegalArgumentException("no " + item);
					}));
			assertThat(result.status()).isEqualTo(BatchItemStatus.FAILED);
			assertThat(result.completionReason()).isEqualTo(CompletionReason.ALL_COMPLETED);
			try {
				result.rethrow();
				return "nothing thrown";
			}
			catch (BatchItemFailedException ex) {
				return ex.error().errorType() + ": " + ex.error().errorMessage();
			}
		}).start();
		assertThat(this.engine.result(this.engine.run("rethrows", null)))
			.isEqualTo("java.lang.IllegalArgumentException: no a");
	}

	@Test
	void conditionThatThrowsFailsTheBatchAndLeavesItsBranches() {
		AtomicInteger asked = new AtomicInteger();
		BatchOptions options = BatchOptions.builder().completion(CompletionConfig.builder().endWhen((progress) -> {
			asked.incrementAndGet();
			throw new IllegalStateException("condition after " + progress.succeeded());
		}).build()).build();
		this.engine.function("throws", (context, input) -> {
			try {
				context.map("map", List.of(1, 50), Integer.class, options, (child, seconds, index) -> {
					child.wait("run", Duration.ofSeconds(seconds));
					return child.step("arrive", Integer.class, (step) -> seconds);
				});
				return "nothing thrown";
			}
			catch (IllegalStateException ex) {
				this.engine.log.add(ex.getMessage());
				context.wait("pause", Duration.ofMinutes(5));
				return ex.getMessage();
			}
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("throws", null);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("condition after 1");
		assertThat(this.engine.log).hasSizeGreaterThan(1).allMatch("condition after 1"::equals);
		assertThat(asked).as("its failure is recorded").hasValue(1);
		assertThat(namesOf(handle, EventType.CONTEXT_FAILED)).containsExactly("map");
		assertThat(namesOf(handle, EventType.STEP_SUCCEEDED)).containsExactly("arrive");
	}

	@Test
	void conditionOfTheApplicationEndsTheBatch() {
		BatchOptions options = BatchOptions.builder()
			.maxConcurrency(1)
			.completion(CompletionConfig.builder().endWhen((progress) -> progress.succeeded() == 2).build())
			.build();
		this.engine
			.function("met",
					(context, input) -> context
						.map("map", List.of(1, 2, 3), Integer.class, options, (child, item, index) -> item)
						.toString())
			.start();
		assertThat(String.valueOf(this.engine.result(this.engine.run("met", null)))).contains("CONDITION_MET")
			.doesNotContain("index=2");
	}

	@Test
	void namerThatThrowsFailsBeforeAnythingIsRecorded() {
		String failure = failureOf((context, input) -> context.map("map", List.of(1, 2), Integer.class,
				BatchOptions.builder().itemNamer((Integer item, int index) -> {
					throw new IllegalStateException("namer of " + item);
				}).build(), (child, item, index) -> item));
		assertThat(failure).isEqualTo("java.lang.IllegalStateException: namer of 1");
		ExecutionHandle<?> handle = this.engine.client()
			.execution(this.engine.client().list(ExecutionQuery.all()).executions().get(0).id());
		assertThat(EngineFixture.types(handle)).doesNotContain(EventType.CONTEXT_STARTED);
	}

	@Test
	void namerThatGivesABadNameIsRefused() {
		for (String bad : List.of("", "n".repeat(257), "käse")) {
			EngineFixture fresh = new EngineFixture();
			fresh.function("bad",
					(context, input) -> context.map("map", List.of(1), Integer.class,
							BatchOptions.builder().itemNamer((Integer item, int index) -> bad).build(),
							(child, item, index) -> item))
				.start();
			ExecutionHandle<Object> handle = fresh.run("bad", null);
			assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> fresh.result(handle))
				.withMessageContaining("'name' of an operation must be 1 to 256 printable ASCII characters but has "
						+ bad.length() + " characters: '");
			fresh.engine().stop();
		}
	}

	@Test
	void namesOfItemsAreRecordedAndMayBeNull() {
		this.engine
			.function("named",
					(context, input) -> context
						.map("map", List.of(1, 2), Integer.class,
								BatchOptions.builder()
									.itemNamer((Integer item, int index) -> (item == 1) ? "first" : null)
									.build(),
								(child, item, index) -> item)
						.items()
						.stream()
						.map((item) -> String.valueOf(item.name()))
						.toList())
			.start();
		assertThat(this.engine.result(this.engine.run("named", null))).isEqualTo(List.of("first", "null"));
	}

	private FunctionBody mapOf(int count, NestingType nesting, int size) {
		return (context, input) -> {
			List<Integer> items = List.of(1, 2, 3, 4).subList(0, count);
			BatchResult<String> result = context.map("map", items, String.class,
					BatchOptions.builder().nesting(nesting).build(), (child, item, index) -> {
						String text = child.step("s", String.class, (step) -> "x").repeat(size);
						if (size == 1) {
							child.wait("inside", Duration.ofMinutes(1));
						}
						return text;
					});
			context.wait("outside", Duration.ofMinutes(1));
			return result.totalCount();
		};
	}

	private void replayed(FunctionBody before, FunctionBody after) {
		this.engine.function("changed", before).start();
		this.engine.run("changed", null);
		this.engine.function("changed", after).restart();
		this.engine.advance(Duration.ofMinutes(1));
	}

	@Test
	void itemsThatAreFewerOnReplayBlockTheExecution() {
		replayed(mapOf(3, NestingType.NESTED, 1), mapOf(2, NestingType.NESTED, 1));
		long third = handle().history()
			.stream()
			.filter((event) -> event.type() == EventType.CONTEXT_STARTED)
			.mapToLong(HistoryEvent::eventId)
			.max()
			.getAsLong();
		assertThat(blockedReason()).isEqualTo(
				("Replay found fewer branches: position %d of the history holds branch 3 of Map 'map' but the code has "
						+ "only 2. Put the former code back, or give the changed function " + "a new version.")
					.formatted(third));
		this.engine.function("changed", mapOf(3, NestingType.NESTED, 1)).restart();
		ExecutionHandle<Object> handle = handle();
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo(3);
	}

	private ExecutionHandle<Object> handle() {
		return this.engine.client().execution(this.engine.client().list(ExecutionQuery.all()).executions().get(0).id());
	}

	@Test
	void itemsThatAreMoreOnReplayOfALargeResultBlockTheExecution() {
		for (NestingType nesting : NestingType.values()) {
			EngineFixture fresh = new EngineFixture();
			fresh.function("changed", mapOf(3, nesting, 100_000)).start();
			ExecutionHandle<Object> handle = fresh.run("changed", null);
			long position = handle.history()
				.stream()
				.filter((event) -> event.type() == EventType.CONTEXT_SUCCEEDED)
				.mapToLong(HistoryEvent::eventId)
				.max()
				.getAsLong();
			fresh.function("changed", mapOf(4, nesting, 100_000)).restart();
			fresh.advance(Duration.ofMinutes(1));
			assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
			assertThat(fresh.client().list(ExecutionQuery.all()).executions().get(0).blockedReason())
				.isEqualTo(("Replay cannot rebuild Map 'map': position %d of the history holds "
						+ "'{completionReason=ALL_COMPLETED, statuses=SSS}' but the code has 4 branches. Put "
						+ "the former code back, or give the changed function a new version.")
					.formatted(position));
			fresh.engine().stop();
		}
	}

	@Test
	void itemsWhoseRecordedResultIsSmallAreNotAskedForOnReplay() {
		FunctionBody two = (context, input) -> {
			List<Integer> results = context.map("map", List.of(1, 2), Integer.class, (child, item, index) -> item)
				.results();
			context.wait("outside", Duration.ofMinutes(1));
			return results;
		};
		replayed(two, (context, input) -> {
			List<Integer> results = context.map("map", List.of(1, 2), Integer.class, (child, item, index) -> item * 100)
				.results();
			context.wait("outside", Duration.ofMinutes(1));
			return results;
		});
		assertThat(this.engine.result(handle())).as("what is recorded counts").isEqualTo(List.of(1, 2));
	}

	@Test
	void retriesInsideBranchesDoNotRunTheOtherBranchesAgain() {
		AtomicInteger steady = new AtomicInteger();
		this.engine.function("retries",
				(context, input) -> context.map("map", List.of(1, 3), Integer.class, (child, needed, index) -> {
					child.step("steady", Integer.class, (step) -> steady.incrementAndGet());
					return child.step("unstable", Integer.class, (step) -> {
						if (step.attempt() < needed) {
							throw new IllegalStateException("attempt " + step.attempt());
						}
						return step.attempt();
					});
				}).results())
			.start();
		ExecutionHandle<Object> handle = this.engine.run("retries", null);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo(List.of(1, 3));
		assertThat(steady).hasValue(2);
	}

	@Test
	void errorThatCannotBeDescribedDoesNotLeaveTheBatchWaitingForEver() {
		this.engine.function("odd",
				(context, input) -> context.map("map", List.of(1, 2), Integer.class, (child, item, index) -> {
					throw new Unspeakable();
				}).results())
			.start();
		ExecutionHandle<Object> handle = this.engine.run("odd", null);
		List<HistoryEvent> history = handle.history();
		HistoryEvent last = history.get(history.size() - 1);
		assertThat(last.type()).isEqualTo(EventType.INVOCATION_COMPLETED);
		assertThat(last.error()).as("it is tried again").isNotNull();
		assertThat(last.error().errorMessage()).isEqualTo("no stack trace either");
	}

	@Test
	void waitOfABranchThatWasLeftEndsNoMore() {
		this.engine.function("left", (context, input) -> {
			ParallelBranch<String> waiting = ParallelBranch.of((child) -> {
				child.wait("left", Duration.ofMinutes(1));
				return "waited";
			});
			ParallelBranch<String> next = ParallelBranch.of((child) -> {
				awaitWait(child.executionId());
				return "next";
			});
			context.parallel("parallel", List.of(waiting, next), String.class, FIRST);
			context.step("long", String.class, (step) -> {
				this.engine.time.advance(Duration.ofMinutes(2));
				return "long";
			});
			context.wait("counted", Duration.ofMinutes(5));
			return context.step("after", String.class, (step) -> "after");
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("left", null);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("after");
		assertThat(namesOf(handle, EventType.WAIT_STARTED)).containsExactly("left", "counted");
		assertThat(namesOf(handle, EventType.WAIT_SUCCEEDED)).containsExactly("counted");
		assertThat(handle.history()).filteredOn((event) -> event.type() == EventType.INVOCATION_COMPLETED).hasSize(2);
	}

	/** Go on when the wait is recorded, and no sooner. */
	private void awaitWait(ExecutionId id) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (this.engine.data.history(id, 0, 100)
			.stream()
			.noneMatch((event) -> event.type() == EventType.WAIT_STARTED)) {
			assertThat(System.nanoTime()).as("The wait is recorded").isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

	/** An exception whose stack trace throws another. */
	static final class Unspeakable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new IllegalStateException("no stack trace either");
		}

	}

}
