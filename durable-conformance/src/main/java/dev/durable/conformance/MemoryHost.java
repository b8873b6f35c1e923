package dev.durable.conformance;

import java.util.List;
import java.util.function.Consumer;

import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.VirtualTime;
import tools.jackson.databind.JsonNode;

/**
 * Scenarios in this process. A crash abandons the engine without another write; the next
 * engine works on the same data.
 */
final class MemoryHost implements Host {

	private final Handlers handlers;

	MemoryHost(Handlers handlers) {
		this.handlers = handlers;
	}

	@Override
	public List<JsonNode> run(Scenario scenario, Consumer<JsonNode> logs) {
		VirtualTime time = new VirtualTime();
		MemoryCheckpointStore store = new MemoryCheckpointStore(time);
		ScenarioRun run = new ScenarioRun(scenario, time, this.handlers.functions(), () -> {
			EngineProcess process = new EngineProcess(store, store, time, this.handlers, () -> {
			});
			this.handlers.exit().enter(process);
			return process;
		});
		EngineProcess last = LogCapture.during(run::toItsEnd, logs);
		return last.shownHistory(run.execution());
	}

	@Override
	public void close() {
		// its data goes with the heap
	}

}
