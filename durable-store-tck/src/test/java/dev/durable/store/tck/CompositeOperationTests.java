package dev.durable.store.tck;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.ChildContextFailedException;
import dev.durable.ConditionOptions;
import dev.durable.DurableFuture;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.Jitter;
import dev.durable.OperationSubType;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import dev.durable.WaitDecision;
import dev.durable.WaitForCallbackOptions;
import dev.durable.WaitForConditionFailedException;
import dev.durable.WaitStrategy;
import dev.durable.engine.FunctionBody;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The operations that are made of others: races, retried groups, conditions, callbacks.
 */
class CompositeOperationTests {

	private static final StepOptions ONCE = StepOptions.defaults().withRetry(RetryStrategy.none());

	private static final RetryStrategy TWICE = RetryStrategy.backoff()
		.maxAttempts(2)
		.initialDelay(Duration.ofSeconds(3))
		.jitter(Jitter.NONE)
		.build();

	private final EngineFixture engine = new EngineFixture();

	private ExecutionHandle<Object> run(FunctionBody body) {
		this.engine.function("program", body).start();
		ExecutionHandle<Object> handle = this.engine.run("program", null);
		this.engine.runToEnd(handle);
		return handle;
	}

	private Object resultOf(FunctionBody body) {
		return this.engine.result(run(body));
	}

	private String failureOf(FunctionBody body) {
		ExecutionHandle<Object> handle = run(body);
		AtomicReference<String> failure = new AtomicReference<>();
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.satisfies((ex) -> failure.set(ex.error().errorType() + ": " + ex.error().errorMessage()));
		return failure.get();
	}

	private static List<String> operations(ExecutionHandle<?> handle, EventType type) {
		return handle.history()
			.stream()
			.filter((event) -> event.type() == type)
			.map((event) -> String.valueOf(event.operation().name()))
			.toList();
	}

	@Test
	void anyOfOnReplayHasTheSameWinnerThoughTheOtherEndedMeanwhile() {
		Object result = resultOf((context, input) -> {
			List<DurableFuture<Void>> waits = List.of(context.waitAsync("slow", Duration.ofSeconds(20)),
					context.waitAsync("fast", Duration.ofSeconds(10)));
			this.engine.log.add("winner " + waits.indexOf(context.anyOf("race", waits)));
			context.wait("longer than both", Duration.ofMinutes(1));
			return waits.stream().map(DurableFuture::isDone).toList();
		});
		assertThat(result).isEqualTo(List.of(true, true));
		assertThat(this.engine.log).hasSizeGreaterThanOrEqualTo(3).allMatch("winner 1"::equals);
	}

	@Test
	void anyOfWhenAllHaveEndedTakesTheOneThatEndedFirst() {
		Object result = resultOf((context, input) -> {
			List<DurableFuture<Void>> waits = List.of(context.waitAsync("a", Duration.ofSeconds(30)),
					context.waitAsync("b", Duration.ofSeconds(10)), context.waitAsync("c", Duration.ofSeconds(20)));
			context.wait("all", Duration.ofMinutes(1));
			return waits.indexOf(context.anyOf(null, waits));
		});
		assertThat(result).isEqualTo(1);
	}

	@Test
	void anyOfWhenTheWinnerFailedThrowsFromItsGet() {
		assertThat(failureOf((context, input) -> {
			DurableFuture<String> fails = context.stepAsync("fails", TypeRef.of(String.class), ONCE, (step) -> {
				throw new IllegalStateException("lost");
			});
			DurableFuture<String> waits = context.runInChildContextAsync("waits", String.class, (child) -> {
				child.wait("long", Duration.ofDays(1));
				return "late";
			});
			return context.anyOf("race", List.of(fails, waits)).get();
		})).isEqualTo("java.lang.IllegalStateException: lost");
	}

	@Test
	void anyOfNothingIsRefused() {
		assertThat(failureOf((context, input) -> context.anyOf("race", List.<DurableFuture<String>>of()).get()))
			.isEqualTo(
					"java.lang.IllegalArgumentException: 'futures' of anyOf must not be empty: nothing would ever end");
	}

	@Test
	void anyOfAFutureThatLeavesNoRecordIsRefused() {
		assertThat(failureOf((context, input) -> {
			DurableFuture<String> recorded = context.stepAsync("step", String.class, (step) -> "x");
			DurableFuture<String> unrecorded = context.withRetryAsync("group", TWICE, (child, attempt) -> "y");
			return context.anyOf("race", List.of(recorded, unrecorded)).get();
		})).isEqualTo(
				"java.lang.IllegalArgumentException: 'futures' of anyOf must be futures of recorded operations of "
						+ "this execution but number 1 is a Branch. Run what it stands for with runInChildContextAsync.");
	}

	@Test
	void withRetryRecordsItsOperationsInTheContextAroundItAndWaitsInBetween() {
		ExecutionHandle<Object> handle = run((context, input) -> context.runInChildContext("outer", String.class,
				(outer) -> outer.withRetry("group", TWICE, (child, attempt) -> {
					String done = child.step("try", String.class, (step) -> "attempt " + attempt);
					if (attempt == 1) {
						throw new IllegalStateException("again");
					}
					return done;
				})));
		assertThat(this.engine.result(handle)).isEqualTo("attempt 2");
		assertThat(operations(handle, EventType.STEP_SUCCEEDED)).containsExactly("try", "try");
		assertThat(operations(handle, EventType.WAIT_SUCCEEDED)).containsExactly("group-backoff-1");
		String outer = handle.history().get(1).operation().id().value();
		assertThat(handle.history()).filteredOn((event) -> event.operation() != null)
			.filteredOn((event) -> !"outer".equals(event.operation().name()))
			.isNotEmpty()
			.allMatch((event) -> event.operation().parentId().value().equals(outer));
		assertThat(handle.history()).filteredOn((event) -> event.operation() != null)
			.noneMatch((event) -> event.operation().subType() == OperationSubType.WITH_RETRY);
	}

	@Test
	void withRetryWithoutANameHasWaitsWithoutNames() {
		ExecutionHandle<Object> handle = run((context, input) -> context.withRetry(null, TWICE, (child, attempt) -> {
			if (attempt == 1) {
				throw new IllegalStateException("again");
			}
			return attempt;
		}));
		assertThat(this.engine.result(handle)).isEqualTo(2);
		assertThat(operations(handle, EventType.WAIT_SUCCEEDED)).containsExactly("null");
	}

	@Test
	void withRetryWhenTheStrategyGivesUpThrowsTheLastFailure() {
		AtomicInteger attempts = new AtomicInteger();
		assertThat(failureOf((context, input) -> context.withRetry("group", TWICE, (child, attempt) -> {
			child.step("try", Integer.class, (step) -> attempts.incrementAndGet());
			throw new IllegalStateException("attempt " + attempt);
		}))).isEqualTo("java.lang.IllegalStateException: attempt 2");
		assertThat(attempts).hasValue(2);
	}

	@Test
	void withRetryWhenTheStrategyAsksForNoDelayWaitsAllTheSame() {
		RetryStrategy atOnce = (error, attempt) -> RetryDecision.retryAfter(Duration.ZERO);
		ExecutionHandle<Object> handle = run(
				(context, input) -> context.withRetry("group", atOnce, (child, attempt) -> {
					if (attempt < 3) {
						throw new IllegalStateException("again");
					}
					return attempt;
				}));
		assertThat(this.engine.result(handle)).isEqualTo(3);
		assertThat(operations(handle, EventType.WAIT_SUCCEEDED)).containsExactly("group-backoff-1", "group-backoff-2");
	}

	@Test
	void withRetryAsyncRunsBesideTheCodeAroundIt() {
		assertThat(resultOf((context, input) -> {
			DurableFuture<String> group = context.withRetryAsync("group", TWICE, (child, attempt) -> {
				child.wait("inside", Duration.ofSeconds(5));
				if (attempt == 1) {
					throw new IllegalStateException("again");
				}
				return child.step("s", String.class, (step) -> "attempt " + attempt);
			});
			context.wait("outside", Duration.ofSeconds(6));
			String between = context.step("s", String.class, (step) -> "between");
			return between + ", " + group.get();
		})).isEqualTo("between, attempt 2");
	}

	private static ConditionOptions<Integer> until(int met) {
		return ConditionOptions.of(0,
				WaitStrategy.<Integer>until((state) -> state >= met).fixedDelay(Duration.ofSeconds(7)).build());
	}

	@Test
	void conditionHandsItsStateFromCheckToCheckAcrossSuspensions() {
		ExecutionHandle<Object> handle = run(
				(context, input) -> context.waitForCondition("grows", Integer.class, until(3), (state, step) -> {
					this.engine.log.add(state + " in check " + step.attempt());
					return state + 1;
				}));
		assertThat(this.engine.result(handle)).isEqualTo(3);
		assertThat(this.engine.log).containsExactly("0 in check 1", "1 in check 2", "2 in check 3");
		assertThat(EngineFixture.types(handle)).filteredOn(EventType.INVOCATION_COMPLETED::equals)
			.as("it suspends between checks")
			.hasSize(3);
	}

	@Test
	void conditionWithACodecHandsOnWhatTheCodecReads() {
		ValueCodec<String> codec = ValueCodec.of((text) -> text, (text) -> text + "~");
		ConditionOptions<String> options = ConditionOptions
			.<String>of("",
					WaitStrategy.<String>until((state) -> state.length() > 4).fixedDelay(Duration.ofSeconds(1)).build())
			.withCodec(codec);
		assertThat(resultOf((context, input) -> context.waitForCondition("codec", String.class, options,
				(state, step) -> state + "x")))
			.isEqualTo("x~x~x~");
	}

	@Test
	void conditionMayHaveAStateThatIsNull() {
		ConditionOptions<String> options = ConditionOptions.of(null,
				WaitStrategy.<String>until((state) -> state != null).fixedDelay(Duration.ofSeconds(1)).build());
		assertThat(
				resultOf((context, input) -> context.waitForCondition("nulls", String.class, options, (state, step) -> {
					this.engine.log.add(String.valueOf(state));
					return (step.attempt() < 3) ? null : "set";
				})))
			.isEqualTo("set");
		assertThat(this.engine.log).containsExactly("null", "null", "null");
	}

	@Test
	void conditionThatIsMetByNullReturnsNull() {
		ConditionOptions<String> options = ConditionOptions.of("x", (state, attempt) -> WaitDecision.stop());
		assertThat(resultOf((context, input) -> String
			.valueOf(context.waitForCondition("nulls", String.class, options, (state, step) -> null))))
			.isEqualTo("null");
	}

	@Test
	void conditionWhoseStrategyThrowsFails() {
		AtomicInteger asked = new AtomicInteger();
		ConditionOptions<Integer> options = ConditionOptions.of(0, (state, attempt) -> {
			asked.incrementAndGet();
			throw new IllegalStateException("strategy at " + state);
		});
		assertThat(failureOf((context, input) -> {
			try {
				return context.waitForCondition("fails", Integer.class, options, (state, step) -> state + 1);
			}
			finally {
				context.wait("pause", Duration.ofSeconds(1));
			}
		})).isEqualTo("java.lang.IllegalStateException: strategy at 1");
		assertThat(asked).as("its failure is recorded").hasValue(1);
	}

	@Test
	void conditionWhoseStrategyGivesUpFails() {
		ConditionOptions<Integer> options = ConditionOptions.of(0,
				WaitStrategy.<Integer>until((state) -> false).maxAttempts(2).fixedDelay(Duration.ofSeconds(1)).build());
		assertThat(failureOf(
				(context, input) -> context.waitForCondition("never", Integer.class, options, (state, step) -> state)))
			.startsWith(WaitForConditionFailedException.class.getName() + ": ")
			.contains("'never' was not met within 2 checks");
	}

	@Test
	void conditionWhoseCheckThrowsIsNotCheckedAgain() {
		assertThat(failureOf(
				(context, input) -> context.waitForCondition("throws", Integer.class, until(3), (state, step) -> {
					this.engine.log.add("checked");
					throw new IllegalArgumentException("check of " + state);
				})))
			.isEqualTo("java.lang.IllegalArgumentException: check of 0");
		assertThat(this.engine.log).containsExactly("checked");
	}

	@Test
	void conditionWhoseCheckMakesADurableCallIsRefused() {
		assertThat(failureOf((context, input) -> context.waitForCondition("calls", Integer.class, until(3),
				(state, step) -> context.step("inner", Integer.class, (inner) -> 1))))
			.startsWith("dev.durable.IllegalDurableCallException: Durable call 'step' inside ")
			.endsWith("'calls': a step runs plain code only. Move the call out of the step, or make the step a child "
					+ "context (runInChildContext).");
	}

	@Test
	void waitForCallbackWithANameThatLeavesNoRoomForSuffixesIsRefused() {
		assertThat(failureOf((context, input) -> context.waitForCallback("n".repeat(247), String.class,
				(callbackId, step) -> this.engine.log.add("submitted"))))
			.isEqualTo(
					"java.lang.IllegalArgumentException: 'name' of a waitForCallback must have at most 246 characters "
							+ "but has 247");
		assertThat(this.engine.log).isEmpty();
	}

	@Test
	void waitForCallbackTakesTheLongestNameThatItAllows() {
		this.engine
			.function("program", (context, input) -> context.waitForCallback("n".repeat(246), String.class,
					(callbackId, step) -> this.engine.log.add(callbackId)))
			.start();
		ExecutionHandle<Object> handle = this.engine.run("program", null);
		this.engine.client().callbacks().succeed(this.engine.log.get(0), "yes");
		assertThat(this.engine.result(handle)).isEqualTo("yes");
		assertThat(handle.history()).extracting(HistoryEvent::type).contains(EventType.CALLBACK_SUCCEEDED);
	}

	@Test
	void waitForCallbackWhoseSubmitterFailsWithACheckedExceptionWrapsIt() {
		WaitForCallbackOptions once = WaitForCallbackOptions.defaults().withSubmitter(ONCE);
		assertThat(
				failureOf((context, input) -> context.waitForCallback("ask", String.class, once, (callbackId, step) -> {
					throw new IOException("mail server is down");
				})))
			.startsWith(ChildContextFailedException.class.getName() + ": ")
			.endsWith("failed: java.io.IOException: mail server is down");
	}

	@Test
	void waitForCallbackThatSucceedsWithoutAPayloadGivesNull() {
		this.engine.function("program", (context, input) -> {
			String answer = context.waitForCallback("ask", String.class,
					(callbackId, step) -> this.engine.log.add(callbackId));
			context.wait("pause", Duration.ofSeconds(1));
			return answer == null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("program", null);
		this.engine.client().callbacks().succeed(this.engine.log.get(0), null);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo(true);
	}

	@Test
	void waitForCallbackWhoseSubmitterIsRetriedKeepsItsId() {
		this.engine.function("program",
				(context, input) -> context.waitForCallback("ask", String.class,
						WaitForCallbackOptions.defaults().withSubmitter(StepOptions.defaults().withRetry(TWICE)),
						(callbackId, step) -> {
							this.engine.log.add(callbackId);
							if (step.attempt() == 1) {
								throw new IOException("mail server is down");
							}
						}))
			.start();
		ExecutionHandle<Object> handle = this.engine.run("program", null);
		this.engine.advance(Duration.ofSeconds(3));
		this.engine.client().callbacks().succeed(this.engine.log.get(1), "yes");
		assertThat(this.engine.result(handle)).isEqualTo("yes");
		assertThat(this.engine.log).hasSize(2).allMatch(this.engine.log.get(0)::equals);
	}

}
