package dev.durable.store.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.DurableCallback;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.HistoryEvent;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.embedded.Timers;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.journal.JournalLostException;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.store.Append;
import dev.durable.store.CheckpointStore;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Takeover, zombies and lost answers between two nodes, each with timers of its own. */
class TwoNodesTests {

	private static final EngineSettings SETTINGS = EngineSettings.defaults()
		.with(new EngineSettings.Node(50, Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(12),
				Duration.ofSeconds(30)))
		.with(new EngineSettings.Executions(Duration.ofDays(30), Duration.ofSeconds(10), 300_000));

	private final VirtualTime time = new VirtualTime();

	private final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	/** The timers of a node that is paused: nobody moves them. */
	private final VirtualTime frozen = new VirtualTime();

	private final QuietExecutor threads = new QuietExecutor();

	private final QuietExecutor zombieThreads = new QuietExecutor();

	private EmbeddedEngine node(CheckpointStore store, Timers timers, Executor executor, FunctionBody body,
			DurableListener... listeners) {
		EmbeddedEngine engine = EmbeddedEngine.builder(store, this.data, new JacksonPayloadCodec())
			.functions(() -> List
				.of(new FunctionDefinition(new FunctionVersion("flow", "1"), Object.class, Object.class, null, body)))
			.settings(SETTINGS)
			.listeners(List.of(listeners))
			.executor(executor)
			.timers(timers)
			.build();
		engine.start();
		return engine;
	}

	private void pass(Duration duration) {
		this.threads.awaitQuiet();
		for (long second = 0; second < duration.toSeconds(); second++) {
			this.time.advance(Duration.ofSeconds(1));
			this.threads.awaitQuiet();
		}
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
	void pausedOwnerLosesItsExecutionAndItsLateResultIsRefused() throws InterruptedException {
		CountDownLatch paused = new CountDownLatch(1);
		CountDownLatch resume = new CountDownLatch(1);
		EmbeddedEngine zombie = node(this.data, this.frozen, this.zombieThreads,
				(context, input) -> context.step("charge", String.class, (step) -> {
					paused.countDown();
					await(resume);
					return "charged by the zombie";
				}));
		ExecutionHandle<Object> handle = zombie.client().function("flow").start(null);
		paused.await();
		node(this.data, this.time, this.threads,
				(context, input) -> context.step("charge", String.class, (step) -> "charged by the heir"));
		pass(Duration.ofSeconds(20));
		assertThat(handle.result(Duration.ZERO)).isEqualTo("charged by the heir");
		resume.countDown();
		this.zombieThreads.awaitQuiet();
		assertThat(count(handle, EventType.STEP_SUCCEEDED)).isEqualTo(1);
		assertThat(count(handle, EventType.EXECUTION_SUCCEEDED)).isEqualTo(1);
		assertThat(handle.result(Duration.ZERO)).isEqualTo("charged by the heir");
		assertThat(handle.history().get(1).type()).isEqualTo(EventType.INVOCATION_COMPLETED);
		assertThat(handle.history().get(1).error().errorType()).isEqualTo("Runtime.ExitError");
	}

	@Test
	void takeoverThatMeetsAWriterWhichIsNotGoneReloadsAndTakesOverBehindIt() throws InterruptedException {
		CountDownLatch paused = new CountDownLatch(1);
		CountDownLatch resume = new CountDownLatch(1);
		CountDownLatch second = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		EmbeddedEngine zombie = node(this.data, this.frozen, this.zombieThreads, (context, input) -> {
			String first = context.step("first", String.class, (step) -> {
				paused.countDown();
				await(resume);
				return "by the zombie";
			});
			return context.step("second", String.class, (step) -> {
				second.countDown();
				await(end);
				return first + ", twice";
			});
		});
		ExecutionHandle<Object> handle = zombie.client().function("flow").start(null);
		paused.await();
		AtomicBoolean interfered = new AtomicBoolean();
		CheckpointStore interfering = decorated((method, arguments, proceed) -> {
			if (method.getName().equals("append") && interfered.compareAndSet(false, true)) {
				assertThat(((Append) arguments[0]).events()).singleElement()
					.satisfies((event) -> assertThat(event.type()).isEqualTo(EventType.INVOCATION_COMPLETED));
				resume.countDown();
				await(second);
			}
			return proceed.call();
		});
		AtomicInteger firstRunsOfHeir = new AtomicInteger();
		node(interfering, this.time, this.threads, (context, input) -> {
			String first = context.step("first", String.class,
					(step) -> "run again " + firstRunsOfHeir.incrementAndGet());
			return context.step("second", String.class, (step) -> first + ", once");
		});
		pass(Duration.ofSeconds(20));
		end.countDown();
		this.zombieThreads.awaitQuiet();
		assertThat(interfered).isTrue();
		assertThat(handle.result(Duration.ZERO)).isEqualTo("by the zombie, once");
		assertThat(firstRunsOfHeir).hasValue(0);
		assertThat(count(handle, EventType.STEP_SUCCEEDED)).isEqualTo(2);
	}

	@Test
	void listenersOfBothOwnersAreToldHowTheirInvocationsEnded() throws InterruptedException {
		CountDownLatch resume = new CountDownLatch(1);
		assertThat(endsWhenTakenOver(resume, (context, input) -> context.step("work", String.class, (step) -> {
			await(resume);
			return "too late";
		}))).containsExactly("heir: false SUCCEEDED none",
				"zombie: true PENDING " + JournalLostException.class.getName());
	}

	@Test
	void listenersAreToldAnInvocationsEndAlsoIfOnlyThatCouldNotBeRecorded() throws InterruptedException {
		CountDownLatch resume = new CountDownLatch(1);
		assertThat(endsWhenTakenOver(resume, (context, input) -> {
			await(resume);
			return "too late";
		})).containsExactly("heir: false SUCCEEDED none",
				"zombie: true PENDING " + JournalLostException.class.getName());
	}

	private List<String> endsWhenTakenOver(CountDownLatch resume, FunctionBody body) throws InterruptedException {
		List<String> ends = new CopyOnWriteArrayList<>();
		CountDownLatch begun = new CountDownLatch(1);
		EmbeddedEngine zombie = node(this.data, this.frozen, this.zombieThreads, (context, input) -> {
			begun.countDown();
			return body.run(context, input);
		}, new Ends("zombie", ends));
		zombie.client().function("flow").start(null);
		begun.await();
		node(this.data, this.time, this.threads, (context, input) -> "in time", new Ends("heir", ends));
		pass(Duration.ofSeconds(20));
		resume.countDown();
		this.zombieThreads.awaitQuiet();
		return ends;
	}

	@Test
	void claimWhoseAnswerIsLostIsFoundByTheNextHeartbeat() {
		AtomicInteger lost = new AtomicInteger();
		CheckpointStore forgetful = decorated((method, arguments, proceed) -> {
			Object answer = proceed.call();
			if (method.getName().equals("claim") && !((List<?>) answer).isEmpty() && lost.getAndIncrement() == 0) {
				throw new StoreUnavailableException("The answer got lost", null);
			}
			return answer;
		});
		EmbeddedEngine engine = node(forgetful, this.time, this.threads, (context, input) -> {
			context.wait("nap", Duration.ofSeconds(10));
			return "awake";
		});
		ExecutionHandle<Object> handle = engine.client().function("flow").start(null);
		pass(Duration.ofSeconds(20));
		assertThat(lost).hasPositiveValue();
		assertThat(handle.result(Duration.ZERO)).isEqualTo("awake");
	}

	@Test
	void invokeWhoseChildEndsWhileItsParentSuspendsGoesOnWithoutAPoll() {
		AtomicReference<Thread> childThread = new AtomicReference<>();
		CountDownLatch childLeft = new CountDownLatch(1);
		Executor watched = (task) -> this.threads.execute(() -> {
			task.run();
			if (Thread.currentThread() == childThread.get()) {
				childLeft.countDown();
			}
		});
		CheckpointStore slow = decorated((method, arguments, proceed) -> {
			if (method.getName().equals("append") && ((Append) arguments[0]).row() instanceof RowChange.Update suspended
					&& !suspended.state().status().isTerminal()) {
				await(childLeft);
			}
			return proceed.call();
		});
		EmbeddedEngine engine = node(slow, this.time, watched, (context, input) -> {
			if ("child".equals(input)) {
				childThread.set(Thread.currentThread());
				return "done";
			}
			return context.invoke("call", "flow", "child", String.class);
		});
		ExecutionHandle<Object> handle = engine.client().function("flow").start("parent");
		this.threads.awaitQuiet();
		this.time.advance(Duration.ZERO);
		this.threads.awaitQuiet();
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void executionForWhichThereIsNoThreadOnceGoesOnLater() {
		AtomicInteger refusals = new AtomicInteger();
		Executor full = (task) -> {
			if (refusals.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			this.threads.execute(task);
		};
		EmbeddedEngine engine = node(this.data, this.time, full, (context, input) -> "done");
		this.threads.awaitQuiet();
		refusals.set(1);
		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> engine.client().function("flow").named("once").start(null));
		pass(Duration.ofSeconds(20));
		assertThat(engine.client().function("flow").named("once").start(null).result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void invokeWhoseChildCannotBeCreatedNowIsNoFailureThatItsCodeSees() {
		AtomicInteger refused = new AtomicInteger();
		List<Exception> seen = new CopyOnWriteArrayList<>();
		CheckpointStore refusing = decorated((method, arguments, proceed) -> {
			boolean child = method.getName().equals("append")
					&& ((Append) arguments[0]).row() instanceof RowChange.Create create
					&& create.row().identity().parent() != null;
			if (child && refused.getAndIncrement() == 0) {
				throw new IllegalStateException("Something is wrong with the store");
			}
			return proceed.call();
		});
		EmbeddedEngine engine = node(refusing, this.time, this.threads, (context, input) -> {
			try {
				return "child".equals(input) ? "done" : context.invoke("call", "flow", "child", String.class);
			}
			catch (Exception ex) {
				seen.add(ex);
				throw ex;
			}
		});
		ExecutionHandle<Object> handle = engine.client().function("flow").start("parent");
		pass(Duration.ofSeconds(20));
		assertThat(refused).hasValue(2);
		assertThat(seen).isEmpty();
		assertThat(handle.result(Duration.ZERO)).isEqualTo("done");
	}

	@Test
	void nodeWhoseRowIsMissingCountsAsGone() throws InterruptedException {
		CountDownLatch paused = new CountDownLatch(1);
		CountDownLatch resume = new CountDownLatch(1);
		CheckpointStore unregistered = decorated(
				(method, arguments, proceed) -> method.getName().equals("heartbeat") ? null : proceed.call());
		EmbeddedEngine unknown = node(unregistered, this.frozen, this.zombieThreads,
				(context, input) -> context.step("work", String.class, (step) -> {
					paused.countDown();
					await(resume);
					return "late";
				}));
		ExecutionHandle<Object> handle = unknown.client().function("flow").start(null);
		paused.await();
		node(this.data, this.time, this.threads,
				(context, input) -> context.step("work", String.class, (step) -> "in time"));
		pass(Duration.ofSeconds(6));
		assertThat(handle.result(Duration.ZERO)).isEqualTo("in time");
		resume.countDown();
		this.zombieThreads.awaitQuiet();
	}

	@Test
	void tenThousandSleepersHoldNoThreadAndComeBack() {
		EmbeddedEngine engine = node(this.data, this.time, this.threads, (context, input) -> {
			context.wait("sleep", Duration.ofHours(1));
			return input;
		});
		long before = invocationThreads();
		for (int i = 0; i < 10_000; i++) {
			engine.client().function("flow").start(i);
		}
		this.threads.awaitQuiet();
		assertThat(invocationThreads()).isLessThanOrEqualTo(before);
		pass(Duration.ofSeconds(3600));
		assertThat(this.data.list(ExecutionQuery.all().withStatus(ExecutionStatus.RUNNING)).executions()).isEmpty();
	}

	/** Also those of processes that other tests have crashed. */
	private static long invocationThreads() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((frames) -> List.of(frames).toString().contains("dev.durable.engine.Invocation"))
			.count();
	}

	@Test
	void completionThatIsRecordedWhileTheExecutionSuspendsWakesIt() {
		CountDownLatch recording = new CountDownLatch(1);
		CountDownLatch unwound = new CountDownLatch(1);
		CheckpointStore slow = decorated((method, arguments, proceed) -> {
			if (method.getName().equals("append") && ((Append) arguments[0]).events()
				.stream()
				.anyMatch((event) -> event.type() == EventType.CALLBACK_SUCCEEDED)) {
				recording.countDown();
				await(unwound);
			}
			return proceed.call();
		});
		AtomicReference<EmbeddedEngine> engine = new AtomicReference<>();
		engine.set(node(slow, this.time, this.threads, (context, input) -> {
			try {
				DurableCallback<String> callback = context.createCallback("approval", String.class);
				if (recording.getCount() > 0) {
					engine.get().client().callbacks().succeed(callback.callbackId(), "yes");
					await(recording);
				}
				return callback.get();
			}
			finally {
				unwound.countDown();
			}
		}));
		ExecutionHandle<Object> handle = engine.get().client().function("flow").start(null);
		pass(Duration.ofSeconds(1));
		assertThat(handle.result(Duration.ZERO)).isEqualTo("yes");
		assertThat(count(handle, EventType.INVOCATION_COMPLETED)).isEqualTo(2);
	}

	@Test
	void appendWhoseFateIsUnknownIsNotSentAgainByAProcessThatWasFrozen() throws InterruptedException {
		CountDownLatch failed = new CountDownLatch(1);
		List<Append> sent = new CopyOnWriteArrayList<>();
		CheckpointStore cut = decorated((method, arguments, proceed) -> {
			if (method.getName().equals("append") && ((Append) arguments[0]).firstPosition() > 1) {
				sent.add((Append) arguments[0]);
				failed.countDown();
				throw new StoreUnavailableException("The connection is gone", null);
			}
			return proceed.call();
		});
		List<String> ends = new CopyOnWriteArrayList<>();
		EmbeddedEngine frozenNode = node(cut, this.frozen, this.zombieThreads,
				(context, input) -> context.step("work", String.class, (step) -> "done"), new Ends("frozen", ends));
		frozenNode.client().function("flow").start(null);
		failed.await();
		this.time.advance(Duration.ofMinutes(2));
		while (ends.isEmpty()) {
			this.frozen.advance(Duration.ofMillis(100));
		}
		assertThat(sent).containsOnlyOnce(sent.get(0));
		assertThat(ends).startsWith("frozen: true PENDING " + JournalLostException.class.getName());
	}

	private CheckpointStore decorated(Interceptor interceptor) {
		return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class },
				(proxy, method, arguments) -> interceptor.intercept(method, arguments, () -> {
					try {
						return method.invoke(this.data, arguments);
					}
					catch (InvocationTargetException ex) {
						throw (RuntimeException) ex.getCause();
					}
				}));
	}

	/** Writes down how invocations end. */
	private record Ends(String node, List<String> ends) implements DurableListener {

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			this.ends.add("%s: %s %s %s".formatted(this.node, info.invocation().first(), info.status(),
					(info.error() != null) ? info.error().errorType() : "none"));
		}

	}

	/** Does something around a call of the store. */
	private interface Interceptor {

		Object intercept(Method method, Object[] arguments, Call proceed) throws Exception;

	}

	/** The call of the store. */
	private interface Call {

		Object call() throws Exception;

	}

}
