package dev.durable.store.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.EventType;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;
import dev.durable.UnknownExecutionException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What has ended is kept for its retention and then removed, on the memory store. */
@Timeout(60)
class RetentionTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration ALWAYS_KEPT = Duration.ofMinutes(10);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);

	/** More than these and the step that time takes. */
	private static final Duration SWEEP = Duration.ofMinutes(12);

	private final EngineFixture engine = new EngineFixture();

	@Test
	void executionWhenItsRetentionHasPassedIsUnknown() {
		this.engine.keptFor(HOUR, "greet", (context, input) -> "Hello").start();
		ExecutionHandle<Object> handle = this.engine.run("greet", null);
		pass(HOUR.minusSeconds(1));
		assertThat(this.engine.result(handle)).isEqualTo("Hello");
		pass(SWEEP);
		unknown(handle::status);
		unknown(() -> handle.result(Duration.ZERO));
		unknown(() -> handle.result(HOUR));
		unknown(handle::history);
		unknown(() -> handle.stop("too late"));
		assertThat(this.engine.client().list(ExecutionQuery.all()).executions()).isEmpty();
	}

	@Test
	void nameWhenItsExecutionWasRemovedStartsAnew() {
		AtomicInteger runs = new AtomicInteger();
		this.engine.keptFor(HOUR, "count", (context, input) -> runs.incrementAndGet()).start();
		assertThat(this.engine.result(named("count", "once", "a"))).isEqualTo(1);
		assertThat(this.engine.result(named("count", "once", "a"))).isEqualTo(1);
		assertThatExceptionOfType(ExecutionAlreadyStartedException.class).isThrownBy(() -> named("count", "once", "b"));
		pass(HOUR.plus(SWEEP));
		ExecutionHandle<Object> anew = named("count", "once", "b");
		assertThat(this.engine.result(anew)).isEqualTo(2);
		assertThat(EngineFixture.types(anew)).containsExactly(EventType.EXECUTION_STARTED,
				EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
	}

	@Test
	void executionWhenItEndsInAnyWayIsRemoved() {
		this.engine.keptFor(HOUR, "succeed", (context, input) -> null).keptFor(HOUR, "fail", (context, input) -> {
			throw new IllegalStateException("no");
		}).keptFor(HOUR, "sleep", (context, input) -> {
			context.wait("long", Duration.ofDays(365));
			return null;
		}).keptFor(HOUR, "repair", (context, input) -> {
			context.wait("short", Duration.ofSeconds(10));
			return null;
		}).start();
		this.engine.run("succeed", null);
		this.engine.run("fail", null);
		this.engine.run("sleep", null).stop("enough");
		this.engine.run("sleep", null);
		ExecutionHandle<Object> repaired = this.engine.run("repair", null);
		Event last = this.engine.data.lastEvent(repaired.id()).orElseThrow();
		Await.success(this.engine.data.append(Appends.events(repaired.id(),
				Events.event(last.position() + 1, EventType.EXECUTION_STOPPED, "outsider", null, last.content()))));
		pass(Duration.ofSeconds(10));
		assertThat(statuses()).containsExactlyInAnyOrder(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED,
				ExecutionStatus.STOPPED, ExecutionStatus.RUNNING, ExecutionStatus.STOPPED);
		pass(HOUR.plus(SWEEP));
		assertThat(statuses()).containsExactly(ExecutionStatus.RUNNING);
		this.engine.advance(Duration.ofDays(30).minus(HOUR));
		assertThat(statuses()).containsExactly(ExecutionStatus.TIMED_OUT);
		pass(HOUR.plus(SWEEP));
		assertThat(statuses()).isEmpty();
	}

	@Test
	void executionWhenItRunsLongerThanItsRetentionIsKept() {
		this.engine.keptFor(Duration.ofMinutes(1), "sleep", (context, input) -> {
			context.wait("night", Duration.ofHours(12));
			return "morning";
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("sleep", null);
		pass(Duration.ofHours(11));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		pass(HOUR);
		assertThat(this.engine.result(handle)).isEqualTo("morning");
		pass(SWEEP.plusMinutes(1));
		unknown(handle::status);
	}

	@Test
	void executionWhenItsFunctionSaysNothingIsKeptForTheEnginesDefault() {
		this.engine.function("greet", (context, input) -> "Hello").start();
		ExecutionHandle<Object> handle = this.engine.run("greet", null);
		assertThat(this.engine.data.find(handle.id()).orElseThrow().state().expiresAt())
			.isEqualTo(this.engine.time.instant().plus(Duration.ofDays(14)));
	}

	@Test
	void executionWhenItsRetentionIsNegativeOrVeryLongIsKeptForEver() {
		for (Duration retention : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
			this.engine.keptFor(retention, "greet", (context, input) -> "Hello").start();
			ExecutionHandle<Object> handle = this.engine.run("greet", null);
			assertThat(this.engine.data.find(handle.id()).orElseThrow().state().expiresAt()).isNull();
			assertThat(this.engine.result(handle)).isEqualTo("Hello");
		}
	}

	@Test
	void executionWhenItIsStoppedWhereItsFunctionIsUnknownIsKeptForTheEnginesDefault() {
		this.engine.keptFor(HOUR, "sleep", (context, input) -> {
			context.wait("long", Duration.ofDays(20));
			return null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("sleep", null);
		this.engine.without("sleep").restart();
		this.engine.client().execution(handle.id()).stop("enough");
		assertThat(this.engine.data.find(handle.id()).orElseThrow().state().expiresAt())
			.isEqualTo(this.engine.time.instant().plus(Duration.ofDays(14)));
	}

	@Test
	void parentWhenItsChildIsNotKeptGetsItsResult() {
		parent();
		this.engine.keptFor(Duration.ZERO, "child", (context, input) -> "from the child").start();
		ExecutionHandle<Object> handle = this.engine.run("parent", null);
		pass(Duration.ofMinutes(15));
		assertThat(statuses()).containsExactly(ExecutionStatus.RUNNING);
		pass(HOUR);
		assertThat(this.engine.result(handle)).isEqualTo("from the child");
	}

	@Test
	void childWhenItsParentCannotHearOfItsEndIsKept() {
		CountDownLatch never = new CountDownLatch(1);
		parent();
		this.engine.keptFor(Duration.ZERO, "child", (context, input) -> {
			context.wait("a-little", Duration.ofMinutes(1));
			return "from the child " + never.getCount();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("parent", null);
		this.engine.without("parent").restart();
		pass(Duration.ofDays(1));
		assertThat(statuses()).containsExactlyInAnyOrder(ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED);
		parent();
		this.engine.restart();
		pass(Duration.ofSeconds(10));
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo("from the child 1");
		pass(SWEEP);
		assertThat(statuses()).containsExactly(ExecutionStatus.SUCCEEDED);
	}

	@Test
	void childWhenItsParentIsGoneIsRemovedToo() {
		this.engine.keptFor(Duration.ZERO, "parent", (context, input) -> {
			context.invokeAsync("call", "child", null, TypeRef.of(String.class), InvokeOptions.defaults());
			context.wait("a-little", Duration.ofSeconds(1));
			return null;
		}).keptFor(Duration.ZERO, "child", (context, input) -> {
			context.wait("long", Duration.ofMinutes(30));
			return null;
		}).start();
		this.engine.run("parent", null);
		pass(Duration.ofMinutes(15));
		assertThat(statuses()).containsExactly(ExecutionStatus.RUNNING);
		pass(Duration.ofMinutes(45));
		assertThat(statuses()).isEmpty();
	}

	@Test
	void childWhenItWasLeftAndRemovedDoesNotRunAgainAfterATakeover() {
		AtomicInteger children = new AtomicInteger();
		CrashingStore mortal = CrashingStore.counting(this.engine.data);
		this.engine.function("parent", (context, input) -> {
			context.runInChildContext("large", String.class, (child) -> {
				child.invokeAsync("call", "child", null, TypeRef.of(String.class), InvokeOptions.defaults());
				return "x".repeat(280_000);
			});
			context.wait("pause", Duration.ofMinutes(20));
			return context.step("last", String.class, (step) -> {
				if (!mortal.isCrashed()) {
					mortal.crash();
					throw new ProcessCrashed("The process crashed in a step");
				}
				return "done";
			});
		}).keptFor(Duration.ZERO, "child", (context, input) -> {
			int run = context.step("run", Integer.class, (step) -> children.incrementAndGet());
			context.wait("longer-than-its-parent's-context", Duration.ofMinutes(1));
			return run;
		}).start(mortal);
		ExecutionHandle<Object> handle = this.engine.run("parent", null);
		pass(Duration.ofMinutes(19));
		assertThat(statuses()).containsExactly(ExecutionStatus.RUNNING);
		pass(Duration.ofMinutes(1));
		assertThat(mortal.isCrashed()).isTrue();
		this.engine.start();
		pass(Duration.ofMinutes(1));
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo("done");
		assertThat(children).hasValue(1);
	}

	@Test
	void sweepWhenMoreHasExpiredThanABatchRemovesItAll() {
		this.engine.keptFor(Duration.ZERO, "greet", (context, input) -> "Hello").start();
		for (int i = 0; i < 250; i++) {
			this.engine.run("greet", null);
		}
		pass(Duration.ofSeconds(29));
		assertThat(statuses()).hasSize(100);
		pass(SWEEP);
		for (int i = 0; i < 2; i++) {
			this.engine.advance(Duration.ofMillis(100));
		}
		assertThat(statuses()).isEmpty();
	}

	@Test
	void sweepWhenTheStoreCannotBeReachedIsMadeUpFor() {
		AtomicInteger failures = new AtomicInteger(3);
		this.engine.keptFor(Duration.ZERO, "greet", (context, input) -> "Hello").start(before(Map.of("expired", () -> {
			if (failures.getAndDecrement() > 0) {
				throw new StoreUnavailableException("Nobody answers", null);
			}
		})));
		this.engine.run("greet", null);
		pass(Duration.ofSeconds(95));
		assertThat(statuses()).hasSize(1);
		pass(SWEEP);
		assertThat(statuses()).isEmpty();
		assertThat(failures).hasNegativeValue();
	}

	@Test
	void sweepWhenTheEngineIsStoppedRests() {
		this.engine.keptFor(Duration.ZERO, "greet", (context, input) -> "Hello").start();
		this.engine.run("greet", null);
		this.engine.engine().stop();
		pass(Duration.ofHours(2));
		assertThat(statuses()).hasSize(1);
		this.engine.engine().start();
		pass(SWEEP);
		assertThat(statuses()).isEmpty();
	}

	@Test
	void sweepWhenItHangsDelaysNeitherHeartbeatsNorExecutions() throws InterruptedException {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Semaphore beats = new Semaphore(0);
		this.engine.keptFor(Duration.ZERO, "greet", (context, input) -> "Hello")
			.start(before(Map.of("heartbeat", beats::release, "delete", () -> {
				hanging.countDown();
				await(release);
			})));
		this.engine.run("greet", null);
		// Up to the last moment at which no sweep removes anything, then on to the next.
		pass(ALWAYS_KEPT.minusMillis(1));
		this.engine.time.advance(LONGEST_PAUSE);
		await(hanging);
		beats.drainPermits();
		this.engine.time.advance(Duration.ofSeconds(4));
		assertThat(beats.tryAcquire(30, TimeUnit.SECONDS)).as("a heartbeat").isTrue();
		assertThat(this.engine.client().function("greet").start(null).result(HOUR)).isEqualTo("Hello");
		release.countDown();
		this.engine.settle();
		assertThat(statuses()).hasSize(1);
	}

	private void parent() {
		this.engine.function("parent", (context, input) -> {
			var call = context.invokeAsync("call", "child", null, TypeRef.of(String.class), InvokeOptions.defaults());
			context.wait("before-it-is-awaited", Duration.ofMinutes(30));
			return call.get();
		});
	}

	private ExecutionHandle<Object> named(String function, String name, Object input) {
		ExecutionHandle<Object> handle = this.engine.client().function(function).named(name).start(input);
		this.engine.settle();
		return handle;
	}

	private List<ExecutionStatus> statuses() {
		return this.engine.client()
			.list(ExecutionQuery.all())
			.executions()
			.stream()
			.map((execution) -> execution.status())
			.toList();
	}

	/** Let time pass in small steps, so that what becomes due is done at its time. */
	private void pass(Duration duration) {
		Duration step = Duration.ofSeconds(10);
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
			this.engine.advance((left.compareTo(step) < 0) ? left : step);
		}
	}

	private static void unknown(Runnable question) {
		assertThatExceptionOfType(UnknownExecutionException.class).isThrownBy(question::run)
			.withMessageContaining("removed after its retention");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The data, with something that happens before each call of some methods. */
	private CheckpointStore before(Map<String, Runnable> actions) {
		return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, (proxy, called, arguments) -> {
					actions.getOrDefault(called.getName(), () -> {
					}).run();
					try {
						return called.invoke(this.engine.data, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
