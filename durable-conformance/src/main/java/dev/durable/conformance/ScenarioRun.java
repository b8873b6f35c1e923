package dev.durable.conformance;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import dev.durable.ExecutionId;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.Event;
import dev.durable.store.tck.ProcessCrashed;
import dev.durable.store.tck.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario to its end, in a new process after each crash. Time moves only when
 * nothing has work: to the next timer or the next action of the outsider.
 */
final class ScenarioRun {

	private static final int MOST_MOMENTS = 20_000;

	private final Scenario scenario;

	private final VirtualTime time;

	private final Supplier<EngineProcess> nextProcess;

	private final FunctionDefinition function;

	private final CallbackDriver outsider;

	private @Nullable ExecutionId execution;

	ScenarioRun(Scenario scenario, VirtualTime time, Collection<FunctionDefinition> functions,
			Supplier<EngineProcess> nextProcess) {
		this.scenario = scenario;
		this.time = time;
		this.nextProcess = nextProcess;
		this.outsider = new CallbackDriver(scenario.actions());
		this.function = functions.stream()
			.filter((candidate) -> candidate.id().name().equals(scenario.function()))
			.findFirst()
			.orElseThrow();
	}

	/** Run until the execution has ended; return the process that it ended in. */
	EngineProcess toItsEnd() {
		EngineProcess process = begin();
		for (int moment = 0; moment < MOST_MOMENTS; moment++) {
			process.awaitQuiet();
			if (process.isCrashed()) {
				process = begin();
				continue;
			}
			if (process.failure() != null) {
				throw new IllegalStateException(process.failure());
			}
			List<Event> history = (this.execution != null) ? process.history(this.execution) : List.of();
			if (hasEnded(history)) {
				process.stop();
				return process;
			}
			List<PendingCallback> pending = PendingCallback.in(history);
			if (!this.outsider.act(process.client().callbacks(), pending, this.time.instant())) {
				moveTime(this.outsider.nextDue(pending));
			}
		}
		throw new IllegalStateException("The execution did not end until %s".formatted(this.time.instant()));
	}

	ExecutionId execution() {
		return Objects.requireNonNull(this.execution, "'execution' must have been started");
	}

	/** A start is idempotent by name: after a crash it finds the execution. */
	private EngineProcess begin() {
		EngineProcess process = this.nextProcess.get();
		try {
			process.start();
			this.execution = process.client()
				.function(this.scenario.function())
				.named(this.scenario.function())
				.start(input())
				.id();
		}
		catch (ProcessCrashed ex) {
			// the caller died with it
		}
		return process;
	}

	private @Nullable Object input() {
		return new JacksonPayloadCodec().decode(Payload.ofText(this.scenario.input().toString()),
				this.function.inputType());
	}

	private void moveTime(@Nullable Instant action) {
		if (action != null) {
			this.time.advanceToNext(action);
		}
		else {
			this.time.advanceToNext();
		}
	}

	private static boolean hasEnded(List<Event> history) {
		return !history.isEmpty() && history.get(history.size() - 1).type().ends() != null;
	}

}
