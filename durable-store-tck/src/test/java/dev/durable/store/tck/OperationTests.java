package dev.durable.store.tck;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.DurableFuture;
import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.InvokeFailedException;
import dev.durable.Jitter;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What each operation does, on the memory store. */
class OperationTests {

	private static final StepOptions ONCE = StepOptions.defaults().withRetry(RetryStrategy.none());

	private final EngineFixture engine = new EngineFixture();

	@Test
	void stepsWhenNothingFailsAreRecordedWithOneAppendEach() {
		CrashingStore counting = CrashingStore.counting(this.engine.data);
		this.engine.function("two", (context, input) -> {
			String first = context.step("first", String.class, (step) -> "a" + input);
			return context.step("second", String.class, (step) -> first + "b");
		}).start(counting);
		ExecutionHandle<Object> handle = this.engine.run("two", "-");
		assertThat(this.engine.result(handle)).isEqualTo("a-b");
		assertThat(EngineFixture.types(handle)).containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED,
				EventType.STEP_SUCCEEDED, EventType.STEP_STARTED, EventType.STEP_SUCCEEDED,
				EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
		assertThat(counting.appends()).isEqualTo(4);
	}

	@Test
	void operationIdsAreHashesOfThePathAndTheCounter() {
		this.engine.function("ids", (context, input) -> context.runInChildContext("child", String.class, (child) -> {
			child.step("inner", String.class, (step) -> "x");
			return "y";
		})).start();
		List<HistoryEvent> history = this.engine.run("ids", null).history();
		String root = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
		assertThat(history.get(1).operation().id().value()).isEqualTo(root);
		assertThat(history.get(2).operation().parentId().value()).isEqualTo(root);
		assertThat(history.get(2).operation().id().value()).isEqualTo(sha256(root + "-1"));
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void waitWhenItIsOverResumesWithoutRunningStepsAgain() {
		AtomicInteger runs = new AtomicInteger();
		this.engine.function("waits", (context, input) -> {
			int run = context.step("count", Integer.class, (step) -> runs.incrementAndGet());
			context.wait("pause", Duration.ofDays(2));
			return run;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("waits", null);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		this.engine.advance(Duration.ofDays(2).minusMillis(1));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		this.engine.advance(Duration.ofMillis(1));
		assertThat(this.engine.result(handle)).isEqualTo(1);
		assertThat(runs).hasValue(1);
		assertThat(EngineFixture.types(handle)).containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED,
				EventType.STEP_SUCCEEDED, EventType.WAIT_STARTED, EventType.INVOCATION_COMPLETED,
				EventType.WAIT_SUCCEEDED, EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
	}

	@Test
	void stepWhenItFailsIsRetriedAfterTheDelayInANewInvocation() {
		RetryStrategy retry = RetryStrategy.backoff()
			.maxAttempts(3)
			.initialDelay(Duration.ofSeconds(2))
			.backoffRate(3)
			.jitter(Jitter.NONE)
			.build();
		this.engine.function("retries", (context, input) -> context.step("unstable", Integer.class,
				StepOptions.defaults().withRetry(retry), (step) -> {
					if (step.attempt() < 3) {
						throw new IllegalStateException("attempt " + step.attempt());
					}
					return step.attempt();
				}))
			.start();
		ExecutionHandle<Object> handle = this.engine.run("retries", null);
		this.engine.advance(Duration.ofSeconds(2));
		this.engine.advance(Duration.ofSeconds(6));
		assertThat(this.engine.result(handle)).isEqualTo(3);
		assertThat(EngineFixture.types(handle)).containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED,
				EventType.STEP_FAILED, EventType.INVOCATION_COMPLETED, EventType.STEP_STARTED, EventType.STEP_FAILED,
				EventType.INVOCATION_COMPLETED, EventType.STEP_STARTED, EventType.STEP_SUCCEEDED,
				EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
		assertThat(handle.history().get(5).details()).containsEntry("attempt", "2").containsEntry("delay", "PT6S");
	}

	@Test
	void stepWhenItFailsForGoodThrowsTheSameOnTheFirstRunAndOnReplay() {
		this.engine.function("fails", (context, input) -> {
			try {
				context.step("broken", String.class, ONCE, (step) -> {
					throw new IllegalArgumentException("no such card");
				});
			}
			catch (IllegalArgumentException ex) {
				this.engine.log.add(ex.getMessage());
			}
			context.wait(null, Duration.ofSeconds(1));
			return "caught";
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("fails", null);
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.engine.result(handle)).isEqualTo("caught");
		assertThat(this.engine.log).containsExactly("no such card", "no such card");
	}

	@Test
	void callbackWhenItIsCompletedResumesWithItsResult() {
		AtomicReference<String> id = new AtomicReference<>();
		this.engine.function("asks", (context, input) -> {
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			context.step("mail", String.class, (step) -> {
				id.set(callback.callbackId());
				return "sent";
			});
			return callback.get() + "!";
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("asks", null);
		this.engine.client().callbacks().succeed(id.get(), "yes");
		assertThat(this.engine.result(handle)).isEqualTo("yes!");
		assertThat(this.engine.data.signals(List.of(handle.id()))).as("journaled and deleted in one append").isEmpty();
	}

	@Test
	void callbackWhenNobodyCompletesItTimesOut() {
		this.engine
			.function("asks",
					(context, input) -> context.createCallback("approval", String.class,
							CallbackOptions.defaults().withTimeout(Duration.ofHours(1)))
						.get())
			.start();
		ExecutionHandle<Object> handle = this.engine.run("asks", null);
		this.engine.advance(Duration.ofHours(1));
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.withCauseInstanceOf(CallbackTimedOutException.class)
			.withMessageContaining("Callback 'approval' timed out: Callback.Timeout");
	}

	@Test
	void callbackWhenItsHeartbeatsGoOnLivesAndThenTimesOutWithoutThem() {
		AtomicReference<String> id = new AtomicReference<>();
		this.engine.function("beats", (context, input) -> {
			DurableCallback<String> callback = context.createCallback("job", String.class,
					CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(10)));
			id.set(callback.callbackId());
			return callback.get();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("beats", null);
		for (int i = 0; i < 3; i++) {
			this.engine.advance(Duration.ofSeconds(8));
			this.engine.client().callbacks().heartbeat(id.get());
		}
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		long invocations = EngineFixture.types(handle).stream().filter(EventType.INVOCATION_COMPLETED::equals).count();
		assertThat(invocations).as("a moved deadline starts no invocation").isEqualTo(1);
		this.engine.advance(Duration.ofSeconds(10));
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.withMessageContaining("Callback.Heartbeat");
	}

	@Test
	void callbackWhenItFailsThrowsWhatTheOutsiderReported() {
		AtomicReference<String> id = new AtomicReference<>();
		this.engine.function("asks", (context, input) -> {
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			id.set(callback.callbackId());
			try {
				return callback.get();
			}
			catch (CallbackFailedException ex) {
				return ex.error().errorType();
			}
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("asks", null);
		this.engine.client().callbacks().fail(id.get(), ErrorObject.of("RejectedError", "not approved"));
		assertThat(this.engine.result(handle)).isEqualTo("RejectedError");
	}

	@Test
	void invokeRunsTheOtherFunctionAsAnExecutionOfItsOwn() {
		this.engine.function("parent", (context, input) -> context.invoke("call", "child", input, String.class))
			.function("child", (context, input) -> {
				context.wait("nap", Duration.ofSeconds(30));
				return context.step("work", String.class, (step) -> input + " done");
			})
			.start();
		ExecutionHandle<Object> handle = this.engine.run("parent", "job");
		this.engine.advance(Duration.ofSeconds(30));
		assertThat(this.engine.result(handle)).isEqualTo("job done");
	}

	@Test
	void invokeWhenTheOtherFunctionFailsThrows() {
		this.engine.function("parent", (context, input) -> {
			try {
				return context.invoke("call", "child", input, String.class);
			}
			catch (InvokeFailedException ex) {
				return ex.error().errorMessage();
			}
		}).function("child", (context, input) -> {
			throw new IllegalStateException("out of stock");
		}).start();
		assertThat(this.engine.result(this.engine.run("parent", "job"))).isEqualTo("out of stock");
	}

	@Test
	void asyncOperationsRunSideBySideAndKeepTheirIds() {
		this.engine.function("async", (context, input) -> {
			DurableFuture<String> one = context.stepAsync("one", String.class, (step) -> "1");
			DurableFuture<String> two = context.runInChildContextAsync("two", String.class, (child) -> {
				child.wait("inner", Duration.ofSeconds(5));
				return child.step("after", String.class, (step) -> "2");
			});
			var pause = context.waitAsync("pause", Duration.ofSeconds(3));
			pause.get();
			return DurableFuture.allOf(List.of(one, two));
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("async", null);
		this.engine.advance(Duration.ofSeconds(3));
		this.engine.advance(Duration.ofSeconds(2));
		assertThat(this.engine.result(handle)).isEqualTo(List.of("1", "2"));
	}

	@Test
	void childContextWhenItsResultIsLargeIsRebuiltFromItsChildren() {
		AtomicInteger bodies = new AtomicInteger();
		AtomicInteger steps = new AtomicInteger();
		this.engine.function("large", (context, input) -> {
			String large = context.runInChildContext("big", String.class, (child) -> {
				bodies.incrementAndGet();
				String seed = child.step("seed", String.class, (step) -> "x" + steps.incrementAndGet());
				return seed.repeat(200_000);
			});
			context.wait(null, Duration.ofSeconds(1));
			return large.length();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("large", null);
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.engine.result(handle)).isEqualTo(400_000);
		assertThat(bodies).hasValue(2);
		assertThat(steps).hasValue(1);
	}

	@Test
	void timeAndRandomnessAreTheSameOnReplay() {
		this.engine.function("values", (context, input) -> {
			Instant now = context.now();
			UUID uuid = context.randomUUID();
			double random = context.random();
			this.engine.log.add(now + " " + uuid + " " + random);
			context.wait(null, Duration.ofSeconds(10));
			return null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("values", null);
		this.engine.advance(Duration.ofSeconds(10));
		assertThat(this.engine.result(handle)).isNull();
		assertThat(this.engine.log).hasSize(2);
		assertThat(this.engine.log.get(0)).isEqualTo(this.engine.log.get(1));
	}

	@Test
	@Timeout(60)
	void waitAndRetryAndCallbackThatEndWhileAStepRunsGoOnInTheSameInvocation() {
		CountDownLatch release = new CountDownLatch(1);
		StepOptions quick = StepOptions.defaults()
			.withRetry(RetryStrategy.backoff().maxAttempts(2).initialDelay(Duration.ofSeconds(5)).build());
		this.engine.function("busy", (context, input) -> {
			DurableFuture<String> hold = context.stepAsync("hold", String.class, (step) -> {
				release.await();
				return "held";
			});
			context.wait("pause", Duration.ofSeconds(3));
			context.step("twice", Integer.class, quick, (step) -> {
				if (step.attempt() == 1) {
					throw new IllegalStateException("once more");
				}
				return step.attempt();
			});
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			this.engine.client().callbacks().succeed(callback.callbackId(), "yes");
			String approval = callback.get();
			release.countDown();
			return approval + ", " + hold.get();
		}).start();
		ExecutionHandle<Object> handle = this.engine.client().function("busy").start(null);
		while (!handle.status().isTerminal()) {
			this.engine.time.advance(Duration.ofMillis(10));
		}
		assertThat(this.engine.result(handle)).isEqualTo("yes, held");
		assertThat(EngineFixture.types(handle).stream().filter(EventType.INVOCATION_COMPLETED::equals)).hasSize(1);
	}

	@Test
	void firstRunSeesWhatReplaySees() {
		record Line(String item, int quantity) {
		}
		this.engine.function("same", (context, input) -> {
			Object step = context.step("line", Object.class, (attempt) -> new Line("tea", 2));
			Object child = context.runInChildContext("child", Object.class, (inner) -> new Line("jam", 1));
			Throwable failure = failure(() -> context.step("odd", String.class, ONCE, (attempt) -> {
				throw new SQLException("gone", "08006", 7);
			}));
			Throwable inChild = failure(() -> context.runInChildContext("odd", String.class, (inner) -> {
				throw new SQLException("gone", "08006", 7);
			}));
			this.engine.log.add("%s %s %s %s".formatted(step, child, failure, inChild));
			context.wait(null, Duration.ofSeconds(1));
			return null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("same", null);
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.engine.result(handle)).isNull();
		assertThat(this.engine.log).hasSize(2);
		assertThat(this.engine.log.get(0)).isEqualTo(this.engine.log.get(1))
			.startsWith("{item=tea, quantity=2} {item=jam, quantity=1} dev.durable.StepFailedException: "
					+ "Step 'odd' failed: java.sql.SQLException: gone dev.durable.ChildContextFailedException: ");
	}

	private static Throwable failure(ThrowingCallable call) {
		return catchThrowable(call);
	}

	@Test
	void resultOfAStepIsDurableBeforeAnythingItFeedsIsSeen() {
		this.engine.function("ahead", (context, input) -> {
			context.step("first", String.class, (step) -> "a");
			this.engine.log.add(recorded(context.executionId()));
			context.step("second", String.class, (step) -> {
				this.engine.log.add(recorded(context.executionId()));
				return "b";
			});
			return null;
		}).start();
		this.engine.result(this.engine.run("ahead", null));
		assertThat(this.engine.log).allSatisfy((seen) -> assertThat(seen).endsWith("STEP_SUCCEEDED]"));
	}

	private String recorded(ExecutionId id) {
		return EngineFixture.types(this.engine.client().execution(id)).toString();
	}

	@Test
	void loggerIsQuietWhileTheCodeIsReplayed() {
		Logger logger = (Logger) LoggerFactory.getLogger("dev.durable.function.logs");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(appender);
		this.engine.function("logs", (context, input) -> {
			context.logger().info("begin {}", input);
			context.step("work", String.class, (step) -> "x");
			context.logger().info("middle");
			context.wait("pause", Duration.ofSeconds(1));
			context.logger().info("end");
			return null;
		}).start();
		this.engine.run("logs", "now");
		this.engine.advance(Duration.ofSeconds(1));
		logger.detachAppender(appender);
		assertThat(appender.list).extracting((event) -> event.getFormattedMessage())
			.containsExactly("begin now", "middle", "end");
	}

	@Test
	void stepResultKeepsItsGenericType() {
		record Line(String item, int quantity) {
		}
		this.engine.function("typed", (context, input) -> {
			List<Line> lines = context.step("lines", new TypeRef<List<Line>>() {
			}, (step) -> List.of(new Line("tea", 2)));
			return lines.get(0).quantity();
		}).start();
		assertThat(this.engine.result(this.engine.run("typed", null))).isEqualTo(2);
	}

}
