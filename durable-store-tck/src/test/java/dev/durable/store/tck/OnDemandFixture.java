package dev.durable.store.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.durable.DurableClient;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.embedded.OnDemandWork;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.memory.MemoryCheckpointStore;

/** Processes that share a memory store, and work only when they are asked to. */
final class OnDemandFixture {

	final VirtualTime time = new VirtualTime();

	final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	private final List<FunctionDefinition> functions = new ArrayList<>();

	OnDemandFixture function(String name, FunctionBody body) {
		this.functions.removeIf((known) -> known.id().name().equals(name));
		this.functions.add(new FunctionDefinition(new FunctionVersion(name, "1"), Object.class, Object.class, null,
				Duration.ofMinutes(1), body));
		return this;
	}

	Instant now() {
		return this.time.instant();
	}

	Process process() {
		return new Process(this.functions);
	}

	/** A process that has the store's client, but none of the functions. */
	Process processWithoutFunctions() {
		return new Process(List.of());
	}

	/** One process, with threads of its own. */
	final class Process {

		final QuietExecutor threads = new QuietExecutor();

		/** The calls of its store but those of its clock, in order. */
		final List<String> calls = new CopyOnWriteArrayList<>();

		final List<ExecutionIdentity> elsewhere = new CopyOnWriteArrayList<>();

		private final EmbeddedEngine engine;

		private volatile BiConsumer<String, Object[]> before = (method, arguments) -> {
		};

		private Process(List<FunctionDefinition> functions) {
			this.engine = EmbeddedEngine.builder(watched(), OnDemandFixture.this.data, new JacksonPayloadCodec())
				.functions(() -> functions)
				.settings(EngineSettings.defaults()
					.with(new EngineSettings.Executions(Duration.ofDays(30), Duration.ofSeconds(10), 300_000)))
				.whenRunnableElsewhere(this.elsewhere::add)
				.executor(this.threads)
				.timers(OnDemandFixture.this.time)
				.build();
		}

		/** Do something before each call of the store. */
		Process before(BiConsumer<String, Object[]> before) {
			this.before = before;
			return this;
		}

		private CheckpointStore watched() {
			return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { CheckpointStore.class }, (proxy, method, arguments) -> {
						if (!method.getName().equals("clock")) {
							this.calls.add(method.getName());
							this.before.accept(method.getName(), arguments);
						}
						try {
							return method.invoke(OnDemandFixture.this.data, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		EmbeddedEngine engine() {
			return this.engine;
		}

		DurableClient client() {
			return this.engine.client();
		}

		List<Instant> work() {
			return letTimePass(() -> this.engine.onDemand().work(Duration.ofSeconds(10)));
		}

		List<Instant> workDuring(Consumer<DurableClient> task) {
			return letTimePass(
					() -> this.engine.onDemand().workDuring(Duration.ofSeconds(10), () -> task.accept(client())));
		}

		List<Instant> onDemand(Function<OnDemandWork, List<Instant>> work) {
			return letTimePass(() -> work.apply(this.engine.onDemand()));
		}

		<T> T letTimePass(Callable<T> call) {
			return this.threads.callWhileTimePasses(OnDemandFixture.this.time, call);
		}

	}

}
