package dev.durable.store.tck;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionSummary;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ParentLink;
import org.jspecify.annotations.Nullable;

/** Runs one execution to its end, in a new process after each crash. */
final class CrashRun {

	private static final int MOST_MOMENTS = 5_000;

	private final CrashProgram program;

	private final String name;

	private final ExecutionQueries queries;

	private final VirtualTime time;

	private final Witness witness;

	private final Supplier<SimulatedProcess> nextProcess;

	/** The process after the first, whose takeover may be cut off too. */
	private @Nullable SimulatedProcess second;

	private final Outsider outsider;

	private SimulatedProcess process;

	private @Nullable ExecutionId execution;

	private int crashes;

	CrashRun(CrashProgram program, String name, CrashingStore first, CheckpointStore data, ExecutionQueries queries,
			VirtualTime time) {
		this.program = program;
		this.name = name;
		this.queries = queries;
		this.time = time;
		this.witness = new Witness(queries);
		this.nextProcess = () -> process(CrashingStore.counting(data));
		this.outsider = new Outsider(this.nextProcess.get().engine().client().callbacks(), time);
		this.process = process(first);
	}

	/** Let the process that takes over die too. */
	CrashRun withSecond(CrashingStore store) {
		this.second = process(store);
		return this;
	}

	/** Run until the execution has ended. */
	ExecutionId toItsEnd() {
		begin();
		for (int moment = 0; moment < MOST_MOMENTS; moment++) {
			this.process.awaitQuiet();
			if (this.process.isCrashed()) {
				this.crashes++;
				this.process = next();
				begin();
			}
			else if (this.execution != null && hasEnded(this.execution)) {
				this.process.kill();
				return this.execution;
			}
			else if (!this.outsider.act(this.witness) && !this.time.advanceToNext()) {
				throw new AssertionError("Nothing will happen any more, but execution '%s' has not ended: %s".formatted(
						this.name, (this.execution != null) ? describe(this.execution) : "it was not even started"));
			}
		}
		throw new AssertionError("Execution '%s' did not end in %d moments, until %s: %s".formatted(this.name,
				MOST_MOMENTS, this.time.instant(),
				(this.execution != null) ? describe(this.execution) : "it was not even started"));
	}

	private SimulatedProcess next() {
		SimulatedProcess next = this.second;
		this.second = null;
		return (next != null) ? next : this.nextProcess.get();
	}

	private SimulatedProcess process(CrashingStore store) {
		return new SimulatedProcess(store, this.queries, this.time, this.witness, this.program);
	}

	/** Start is idempotent by name, so the caller repeats it until it has an answer. */
	private void begin() {
		try {
			this.process.engine().start();
			if (this.execution == null) {
				this.execution = this.process.engine()
					.client()
					.function(this.program.name())
					.named(this.name)
					.start("input")
					.id();
			}
		}
		catch (ProcessCrashed ex) {
			// the caller died with it
		}
	}

	private boolean hasEnded(ExecutionId id) {
		return this.queries.find(id).orElseThrow().state().status().isTerminal();
	}

	/** Tell where an execution stands, in a form that a person can read. */
	private String describe(ExecutionId id) {
		return this.queries.find(id).orElseThrow().state() + this.queries.history(id, 0, Integer.MAX_VALUE)
			.stream()
			.map((event) -> "%n\t%d %s %s %s by %s".formatted(event.position(), event.type().text(),
					(event.operation() != null)
							? event.operation().subType().text() + " '" + event.operation().name() + "'" : "",
					event.content().details().values(), event.invocation()))
			.collect(Collectors.joining());
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

	/** What is recorded of the execution and of those that it invoked. */
	Map<String, RecordedExecution> recorded() {
		Map<String, RecordedExecution> recorded = new TreeMap<>();
		ExecutionId id = Objects.requireNonNull(this.execution);
		recorded.put("root", read(id));
		for (CrashProgram invoked : OutsidePrograms.INVOKED) {
			ExecutionPage page = this.queries.list(ExecutionQuery.all().withFunction(invoked.name()).withLimit(1000));
			for (ExecutionSummary summary : page.executions()) {
				ParentLink parent = this.queries.find(summary.id()).orElseThrow().identity().parent();
				if (parent != null && parent.execution().equals(id)) {
					RecordedExecution before = recorded.put("invoked by " + parent.operation(), read(summary.id()));
					if (before != null) {
						throw new AssertionError("Operation %s invoked twice".formatted(parent.operation()));
					}
				}
			}
		}
		return recorded;
	}

	private RecordedExecution read(ExecutionId id) {
		return RecordedExecution.of(this.queries.history(id, 0, Integer.MAX_VALUE), this.program.deterministic());
	}

}
