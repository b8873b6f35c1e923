package dev.durable.store.tck;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.HistoryEvent;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.observe.DurableListener;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;

/** An engine on the memory store whose time is moved by the test. */
final class EngineFixture {

	final VirtualTime time = new VirtualTime();

	final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	final List<String> log = new ArrayList<>();

	private final List<FunctionDefinition> functions = new ArrayList<>();

	private List<DurableListener> listeners = List.of();

	private PayloadSealing sealing = PayloadSealing.none();

	private int slots = 50;

	private int maxRunning = 256;

	private int maxParked = 256;

	private QuietExecutor threads = new QuietExecutor();

	private @Nullable EmbeddedEngine engine;

	EngineFixture function(String name, FunctionBody body) {
		return function(name, "1", Object.class, body);
	}

	EngineFixture function(String name, String version, Type type, FunctionBody body) {
		this.functions.removeIf((known) -> known.id().equals(new FunctionVersion(name, version)));
		this.functions.add(new FunctionDefinition(new FunctionVersion(name, version), type, type, null, body));
		return this;
	}

	/** Add a function whose executions are kept for so long after their end. */
	EngineFixture keptFor(Duration retention, String name, FunctionBody body) {
		this.functions.removeIf((known) -> known.id().name().equals(name));
		this.functions.add(new FunctionDefinition(new FunctionVersion(name, "1"), Object.class, Object.class, null,
				retention, body));
		return this;
	}

	/** Engines that are started from now on lack a function. */
	EngineFixture without(String name) {
		this.functions.removeIf((known) -> known.id().name().equals(name));
		return this;
	}

	/** Bound the executions that engines which are started from now on work on. */
	EngineFixture slots(int slots) {
		this.slots = slots;
		return this;
	}

	/** Bound the branches of engines that are started from now on. */
	EngineFixture branches(int maxRunning, int maxParked) {
		this.maxRunning = maxRunning;
		this.maxParked = maxParked;
		return this;
	}

	EngineFixture listeners(DurableListener... listeners) {
		this.listeners = List.of(listeners);
		return this;
	}

	/** Keep payloads so in engines that are started from now on. */
	EngineFixture sealing(PayloadSealing sealing) {
		this.sealing = sealing;
		return this;
	}

	EngineFixture start() {
		return start(this.data);
	}

	EngineFixture start(CheckpointStore store) {
		this.threads = new QuietExecutor();
		if (store instanceof CrashingStore mortal) {
			mortal.whenCrashed(this.threads::kill);
		}
		EngineSettings settings = EngineSettings.defaults()
			.with(new EngineSettings.Node(this.slots, Duration.ofSeconds(5), Duration.ofSeconds(4),
					Duration.ofSeconds(12), Duration.ofSeconds(30)))
			.with(new EngineSettings.Executions(Duration.ofDays(30), Duration.ofSeconds(10), 300_000))
			.withBranches(this.maxRunning, this.maxParked);
		EmbeddedEngine created = EmbeddedEngine.builder(store, this.data, new JacksonPayloadCodec())
			.functions(() -> List.copyOf(this.functions))
			.settings(settings)
			.listeners(this.listeners)
			.sealing(this.sealing)
			.executor(this.threads)
			.timers(this.time)
			.build();
		this.engine = created;
		created.start();
		return this;
	}

	/** Stop the engine and start another on the same data, with the functions of now. */
	EngineFixture restart() {
		engine().stop();
		return start();
	}

	EmbeddedEngine engine() {
		return Objects.requireNonNull(this.engine);
	}

	DurableClient client() {
		return engine().client();
	}

	ExecutionHandle<Object> run(String function, @Nullable Object input) {
		ExecutionHandle<Object> handle = client().function(function).start(input);
		settle();
		return handle;
	}

	/** Wait until nothing happens without time moving on; what is due now is. */
	void settle() {
		this.threads.awaitQuiet();
		this.time.advance(Duration.ZERO);
		this.threads.awaitQuiet();
	}

	void advance(Duration duration) {
		settle();
		this.time.advance(duration);
		settle();
	}

	/** Move time on, from one timer to the next, until an execution has ended. */
	void runToEnd(ExecutionHandle<Object> handle) {
		settle();
		for (int i = 0; i < 1_000 && handle.status() == ExecutionStatus.RUNNING; i++) {
			this.time.advanceToNext();
			settle();
		}
	}

	@Nullable Object result(ExecutionHandle<Object> handle) {
		settle();
		return handle.result(Duration.ZERO);
	}

	static List<EventType> types(ExecutionHandle<?> handle) {
		return handle.history().stream().map(HistoryEvent::type).toList();
	}

}
