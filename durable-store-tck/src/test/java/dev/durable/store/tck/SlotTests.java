package dev.durable.store.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.FunctionVersion;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Executions that a node has claimed when there is no slot for them any more. */
@Timeout(60)
class SlotTests {

	private static final Duration HEARTBEAT = Duration.ofSeconds(4);

	private final EngineFixture engine = new EngineFixture().slots(1);

	/** The claims that found something. */
	private final AtomicInteger claims = new AtomicInteger();

	private final List<String> runs = new CopyOnWriteArrayList<>();

	/** One for each poll that has launched what it claimed. */
	private final Semaphore launched = new Semaphore(0);

	/** How often a start shall come between a claim and its launch. */
	private final AtomicInteger starts = new AtomicInteger();

	SlotTests() {
		this.engine.function("sleeper", (context, input) -> {
			context.wait("nap", Duration.ofSeconds(10));
			this.runs.add("sleeper");
			return "awake";
		}).function("holder", (context, input) -> context.step("hold", String.class, (step) -> {
			this.runs.add("holder");
			this.launched.acquireUninterruptibly();
			return "held";
		}));
	}

	@Test
	void executionThatLostItsSlotToAStartRunsWhenTheSlotIsFree() {
		this.engine.start(disturbed());
		ExecutionHandle<Object> sleeper = this.engine.run("sleeper", null);
		this.starts.set(1);
		this.engine.advance(Duration.ofSeconds(10));
		assertThat(this.engine.result(sleeper)).isEqualTo("awake");
		assertThat(this.runs).containsExactly("holder", "sleeper");
		assertThat(EngineFixture.types(sleeper)).containsExactly(EventType.EXECUTION_STARTED, EventType.WAIT_STARTED,
				EventType.INVOCATION_COMPLETED, EventType.WAIT_SUCCEEDED, EventType.INVOCATION_COMPLETED,
				EventType.EXECUTION_SUCCEEDED);
	}

	@Test
	void executionThatWaitsForASlotIsNotOvertakenByStarts() {
		this.engine.start(disturbed());
		this.engine.run("sleeper", null);
		this.starts.set(4);
		this.engine.advance(Duration.ofSeconds(10));
		assertThat(this.runs).startsWith("holder", "sleeper").hasSize(5);
	}

	@Test
	void abandonedExecutionThatGotNoSlotIsTakenOverWhenOneIsFree() {
		this.engine.start(disturbed());
		ExecutionHandle<Object> sleeper = this.engine.run("sleeper", null);
		Instant due = this.engine.time.instant().plusSeconds(10);
		NodeId gone = new NodeId("gone");
		assertThat(this.engine.data.claim(new ClaimRequest(gone, Set.of(new FunctionVersion("sleeper", "1")), due, 1)))
			.hasSize(1);
		this.starts.set(1);
		this.engine.advance(HEARTBEAT);
		assertThat(this.runs).containsExactly("holder");
		assertThat(this.engine.data.find(sleeper.id()).orElseThrow().state()).isEqualTo(ExecutionState.sleeping(due));
		assertThat(sleeper.history().get(3).error().errorType()).isEqualTo("Runtime.ExitError");
		this.engine.advance(Duration.ofSeconds(6));
		assertThat(this.engine.result(sleeper)).isEqualTo("awake");
	}

	@Test
	void executionThatIsClaimedBeforeItHasQuiteLeftRunsWhenItHas() throws InterruptedException {
		AtomicReference<String> callback = new AtomicReference<>();
		CountDownLatch leaving = new CountDownLatch(1);
		this.engine.slots(2)
			.function("asker",
					(context, input) -> context.waitForCallback("answer", String.class, (id, step) -> callback.set(id)))
			.listeners(new DurableListener() {
				@Override
				public void onInvocationEnd(InvocationEndInfo info) {
					if (leaving.getCount() > 0) {
						SlotTests.this.engine.client().callbacks().succeed(callback.get(), "yes");
						leaving.countDown();
						SlotTests.this.launched.acquireUninterruptibly();
					}
				}
			})
			.start(disturbed());
		this.engine.settle();
		this.launched.drainPermits();
		ExecutionHandle<Object> asker = this.engine.client().function("asker").start(null);
		leaving.await();
		this.engine.time.advance(HEARTBEAT);
		assertThat(this.engine.result(asker)).isEqualTo("yes");
		assertThat(this.claims).hasValue(2);
	}

	/** The data; starts come between claims and launches. */
	private CheckpointStore disturbed() {
		return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, (proxy, called, arguments) -> {
					if (called.getName().equals("signalled")) {
						this.launched.release();
					}
					try {
						Object answer = called.invoke(this.engine.data, arguments);
						if (called.getName().startsWith("claim") && !((List<?>) answer).isEmpty()) {
							disturb();
						}
						return answer;
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	private void disturb() {
		this.claims.incrementAndGet();
		if (this.starts.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			this.launched.drainPermits();
			this.engine.client().function("holder").start(null);
		}
	}

}
