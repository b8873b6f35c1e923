package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.embedded.Timers;
import dev.durable.engine.FunctionDefinition;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.ExecutionQueries;

/** One engine with threads and timers that die with its store. */
final class SimulatedProcess {

	private static final EngineSettings SETTINGS = EngineSettings.defaults()
		.with(new EngineSettings.Node(50, Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(12),
				Duration.ofSeconds(30)))
		.with(new EngineSettings.Executions(Duration.ofDays(1), Duration.ofSeconds(10), 6_291_456));

	private final QuietExecutor executor = new QuietExecutor();

	private final CrashingStore store;

	private final EmbeddedEngine engine;

	SimulatedProcess(CrashingStore store, ExecutionQueries queries, VirtualTime time, Witness witness,
			CrashProgram program, PayloadSealing sealing) {
		this.store = store;
		store.whenCrashed(this.executor::kill);
		this.engine = EmbeddedEngine.builder(store, queries, new JacksonPayloadCodec())
			.functions(() -> functions(program, new Probe(witness, store::isCrashed)))
			.settings(SETTINGS)
			.executor(this.executor)
			.sealing(sealing)
			.timers(mortal(time))
			.build();
	}

	private static List<FunctionDefinition> functions(CrashProgram program, Probe probe) {
		return Stream.concat(Stream.of(program), CrashPrograms.invoked().stream())
			.map((each) -> each.function(probe))
			.toList();
	}

	private Timers mortal(VirtualTime time) {
		return (delay, task) -> time.schedule(delay, () -> {
			try {
				if (!this.store.isCrashed()) {
					task.run();
				}
			}
			catch (ProcessCrashed ex) {
				// a timer of a dead process does nothing
			}
		});
	}

	EmbeddedEngine engine() {
		return this.engine;
	}

	boolean isCrashed() {
		return this.store.isCrashed();
	}

	int appends() {
		return this.store.appends();
	}

	/** Wait until nothing happens until time moves, or the process is dead. */
	void awaitQuiet() {
		this.executor.awaitQuiet();
	}

	/** Die, like every process of a run when the run is over. */
	void kill() {
		this.store.crash();
	}

}
