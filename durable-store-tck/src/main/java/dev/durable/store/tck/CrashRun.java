package dev.durable.store.tck;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;

import dev.durable.ExecutionId;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** Runs one execution to its end, in a new process after each crash. */
final class CrashRun {

	private static final int MOST_MOMENTS = 1_000;

	private final CrashProgram program;

	private final String name;

	private final CheckpointStore data;

	private final ExecutionQueries queries;

	private final VirtualTime time;

	private final PayloadSealing sealing;

	/** The read side with payloads opened. */
	private final ExecutionQueries opened;

	private final Witness witness;

	private final Supplier<SimulatedProcess> nextProcess;

	/** The processes after the first that die too. */
	private final Queue<SimulatedProcess> mortals = new ArrayDeque<>();

	private final Outsider outsider;

	private SimulatedProcess process;

	private @Nullable ObservedExecution observed;

	private int crashes;

	private boolean halfEnded;

	CrashRun(CrashProgram program, String name, CrashingStore first, CheckpointStore data, ExecutionQueries queries,
			VirtualTime time, PayloadSealing sealing) {
		this.program = program;
		this.name = name;
		this.data = data;
		this.queries = queries;
		this.time = time;
		this.sealing = sealing;
		this.witness = new Witness(queries);
		this.nextProcess = () -> process(CrashingStore.counting(data));
		EmbeddedEngine outside = this.nextProcess.get().engine();
		this.opened = outside.queries();
		this.outsider = new Outsider(outside.client().callbacks(), time);
		this.process = process(first);
	}

	/** Let the process that takes over die too. */
	CrashRun then(CrashingStore store) {
		this.mortals.add(process(store));
		return this;
	}

	/** Run until the execution has ended. */
	void toItsEnd() {
		try {
			run();
		}
		finally {
			this.process.kill();
		}
	}

	private void run() {
		begin();
		for (int moment = 0; moment < MOST_MOMENTS; moment++) {
			this.process.awaitQuiet();
			if (this.process.isCrashed()) {
				this.crashes++;
				this.halfEnded |= this.observed != null && this.observed.isHalfEnded();
				this.process = next();
				begin();
			}
			else if (this.observed != null && this.observed.hasEnded()) {
				return;
			}
			else if (!this.outsider.act(this.witness, this::isStuck) && !this.time.advanceToNext()) {
				throw new AssertionError("Nothing will happen any more, but execution '%s' has not ended: %s"
					.formatted(this.name, describe()));
			}
		}
		throw new AssertionError("Execution '%s' did not end in %d moments, until %s: %s".formatted(this.name,
				MOST_MOMENTS, this.time.instant(), describe()));
	}

	private boolean isStuck() {
		return this.observed != null && this.observed.isStuck();
	}

	private String describe() {
		return (this.observed != null) ? this.observed.describe() : "it was not even started";
	}

	private SimulatedProcess next() {
		SimulatedProcess next = this.mortals.poll();
		return (next != null) ? next : this.nextProcess.get();
	}

	private SimulatedProcess process(CrashingStore store) {
		return new SimulatedProcess(store, this.queries, this.time, this.witness, this.program, this.sealing);
	}

	/** Start is idempotent by name, so the caller repeats it until it has an answer. */
	private void begin() {
		try {
			this.process.engine().start();
			if (this.observed == null) {
				ExecutionId id = this.process.engine()
					.client()
					.function(this.program.name())
					.named(this.name)
					.start("input")
					.id();
				this.observed = new ObservedExecution(id, this.program, this.data, this.queries, this.opened);
			}
		}
		catch (ProcessCrashed | StoreUnavailableException ex) {
			if (!this.process.isCrashed()) {
				throw ex;
			} // else: the caller died with it
		}
	}

	SimulatedProcess process() {
		return this.process;
	}

	Witness witness() {
		return this.witness;
	}

	int crashes() {
		return this.crashes;
	}

	/** Whether a process died between a branch's end and its parent's. */
	boolean wasHalfEnded() {
		return this.halfEnded;
	}

	/** The execution, once it is started. */
	ObservedExecution observed() {
		return Objects.requireNonNull(this.observed);
	}

}
