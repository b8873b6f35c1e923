package dev.durable.store.tck;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** Runs one execution to its end, in a new process after each crash. */
final class CrashRun {

	private static final int MOST_MOMENTS = 1_000;

	private static final Set<OperationSubType> BRANCHES = EnumSet.of(OperationSubType.MAP_ITERATION,
			OperationSubType.PARALLEL_BRANCH);

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

	private @Nullable ExecutionId execution;

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
	ExecutionId toItsEnd() {
		try {
			return run();
		}
		finally {
			this.process.kill();
		}
	}

	private ExecutionId run() {
		begin();
		for (int moment = 0; moment < MOST_MOMENTS; moment++) {
			this.process.awaitQuiet();
			if (this.process.isCrashed()) {
				this.crashes++;
				this.halfEnded |= this.execution != null && isHalfEnded(this.execution);
				this.process = next();
				begin();
			}
			else if (this.execution != null && hasEnded(this.execution)) {
				return this.execution;
			}
			else if (!this.outsider.act(this.witness, this::isStuck) && !this.time.advanceToNext()) {
				throw new AssertionError("Nothing will happen any more, but execution '%s' has not ended: %s".formatted(
						this.name, (this.execution != null) ? describe(this.execution) : "it was not even started"));
			}
		}
		throw new AssertionError("Execution '%s' did not end in %d moments, until %s: %s".formatted(this.name,
				MOST_MOMENTS, this.time.instant(),
				(this.execution != null) ? describe(this.execution) : "it was not even started"));
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
			if (this.execution == null) {
				this.execution = this.process.engine()
					.client()
					.function(this.program.name())
					.named(this.name)
					.start("input")
					.id();
			}
		}
		catch (ProcessCrashed | StoreUnavailableException ex) {
			if (!this.process.isCrashed()) {
				throw ex;
			} // else: the caller died with it
		}
	}

	private boolean hasEnded(ExecutionId id) {
		ExecutionRow row = this.queries.find(id).orElse(null);
		if (row != null && row.state().blockedReason() != null) {
			throw new AssertionError("Execution '%s' is blocked: %s".formatted(this.name, describe(id)));
		}
		return row != null && row.state().status().isTerminal();
	}

	/**
	 * Whether nothing more happens in the execution before its timeout: it is suspended,
	 * and has neither news nor a wake-up nor running children.
	 */
	private boolean isStuck() {
		ExecutionId id = this.execution;
		if (id == null || !this.data.signals(List.of(id)).isEmpty()) {
			return false;
		}
		ExecutionRow row = this.queries.find(id).orElseThrow();
		Instant wakeAt = row.state().wakeAt();
		Instant timeoutAt = row.identity().timeoutAt();
		return row.state().node() == null && (wakeAt == null || (timeoutAt != null && !wakeAt.isBefore(timeoutAt)))
				&& invoked(id).values().stream().allMatch(this::hasEnded);
	}

	/** Whether a branch's end is recorded, but not the end of what it is a branch of. */
	private boolean isHalfEnded(ExecutionId id) {
		Map<OperationId, OperationRef> ended = new HashMap<>();
		for (Event event : this.queries.history(id, 0, Integer.MAX_VALUE)) {
			if (event.operation() != null && RecordedExecution.isTerminal(event)) {
				ended.put(event.operation().id(), event.operation());
			}
		}
		return ended.values()
			.stream()
			.anyMatch((operation) -> BRANCHES.contains(operation.subType()) && operation.parentId() != null
					&& !ended.containsKey(operation.parentId()));
	}

	/** The executions that an execution invoked, by the operation that did. */
	private Map<String, ExecutionId> invoked(ExecutionId id) {
		Map<String, ExecutionId> invoked = new TreeMap<>();
		for (Event event : this.queries.history(id, 0, Integer.MAX_VALUE)) {
			if (event.type() == EventType.CHAINED_INVOKE_STARTED && event.operation() != null) {
				String child = Objects.requireNonNull(event.content().details().text("execution"));
				invoked.put(event.operation().id().value(), new ExecutionId(child));
			}
		}
		return invoked;
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

	/** Whether a process died between a branch's end and its parent's. */
	boolean wasHalfEnded() {
		return this.halfEnded;
	}

	/** What is recorded of the execution and of those that it invoked. */
	Map<String, RecordedExecution> recorded() {
		Map<String, RecordedExecution> recorded = new TreeMap<>();
		ExecutionId id = Objects.requireNonNull(this.execution);
		recorded.put("root", read(id));
		invoked(id).forEach((operation, child) -> recorded.put("invoked by " + operation, read(child)));
		return recorded;
	}

	/** The operations of the execution that each execution says it was invoked by. */
	List<String> invokedBy() {
		ExecutionId id = Objects.requireNonNull(this.execution);
		return OutsidePrograms.INVOKED.stream()
			.map((invoked) -> ExecutionQuery.all().withFunction(invoked.name()).withLimit(1000))
			.flatMap((query) -> this.queries.list(query).executions().stream())
			.flatMap((summary) -> this.queries.find(summary.id()).stream())
			.flatMap((row) -> Stream.ofNullable(row.identity().parent()))
			.filter((link) -> link.execution().equals(id))
			.map((link) -> "invoked by " + link.operation())
			.toList();
	}

	/** What is recorded here in another way than in a run without crashes, in words. */
	List<String> differencesFrom(CrashRun undisturbed) {
		Map<String, RecordedExecution> expected = undisturbed.recorded();
		Map<String, RecordedExecution> recorded = recorded();
		List<String> differences = new ArrayList<>();
		Stream.concat(expected.keySet().stream(), recorded.keySet().stream())
			.distinct()
			.forEach((key) -> differences
				.addAll(RecordedExecution.differences(key, expected.getOrDefault(key, RecordedExecution.NOTHING),
						recorded.getOrDefault(key, RecordedExecution.NOTHING))));
		return differences;
	}

	private RecordedExecution read(ExecutionId id) {
		return RecordedExecution.of(this.opened.history(id, 0, Integer.MAX_VALUE), this.program.deterministic());
	}

}
