package dev.durable.store.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.ExecutionHandle;
import dev.durable.store.CheckpointStore;
import dev.durable.store.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine that stops and starts again, on virtual time. */
@Timeout(60)
class RestartedEngineTests {

	private static final Duration HEARTBEAT = Duration.ofSeconds(4);

	private final EngineFixture engine = new EngineFixture();

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	private final Set<NodeId> nodes = ConcurrentHashMap.newKeySet();

	@Test
	void engineWhenItRestartsWithinAnIntervalBeatsAndPollsAtTheSamePace() {
		this.engine.start(counted());
		Map<String, Integer> once = callsInAMinute();
		for (int i = 0; i < 3; i++) {
			this.engine.engine().stop();
			this.engine.advance(Duration.ofSeconds(1));
			this.engine.engine().start();
			this.engine.advance(Duration.ofSeconds(1));
		}
		Map<String, Integer> restarted = callsInAMinute();
		assertThat(once.get("heartbeat")).isEqualTo(15);
		assertThat(restarted.get("heartbeat")).isEqualTo(15);
		// a heartbeat asks for a poll, too, which may or may not be one with the next
		assertThat(restarted.get("claim")).isLessThan(2 * once.get("claim"));
	}

	@Test
	void engineWhenItStartsAgainIsAnotherNode() {
		this.engine.start(counted());
		this.engine.settle();
		this.engine.engine().stop();
		this.engine.engine().start();
		this.engine.settle();
		assertThat(this.nodes).hasSize(2);
	}

	@Test
	void engineWhenItIsStoppedNeitherBeatsNorPolls() {
		this.engine.start(counted());
		this.engine.advance(HEARTBEAT);
		this.engine.engine().stop();
		this.engine.settle();
		assertThat(callsInAMinute()).isEmpty();
	}

	@Test
	void engineWhenItRestartsWakesWhatSleepsWithoutWaitingForAPoll() {
		this.engine.function("flow", (context, input) -> {
			context.wait("nap", Duration.ofSeconds(Integer.parseInt(String.valueOf(input))));
			return "awake";
		}).start();
		ExecutionHandle<Object> before = this.engine.run("flow", 3);
		this.engine.engine().stop();
		this.engine.advance(Duration.ofSeconds(1));
		this.engine.engine().start();
		ExecutionHandle<Object> after = this.engine.run("flow", 1);
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.engine.result(after)).isEqualTo("awake");
		this.engine.advance(Duration.ofSeconds(1));
		assertThat(this.engine.result(before)).isEqualTo("awake");
	}

	private Map<String, Integer> callsInAMinute() {
		this.engine.settle();
		this.calls.clear();
		// step by step, because polls that are asked for together are one
		for (int i = 0; i < 60; i++) {
			this.engine.advance(Duration.ofSeconds(1));
		}
		return Map.copyOf(this.calls);
	}

	/** The data, how often each of its methods was called, and who said to be alive. */
	private CheckpointStore counted() {
		return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, (proxy, called, arguments) -> {
					if (!called.getName().equals("clock")) {
						this.calls.merge(called.getName(), 1, Integer::sum);
					}
					if (called.getName().equals("heartbeat")) {
						this.nodes.add((NodeId) arguments[0]);
					}
					try {
						return called.invoke(this.engine.data, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
