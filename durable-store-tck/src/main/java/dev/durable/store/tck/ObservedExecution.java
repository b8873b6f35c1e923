package dev.durable.store.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import dev.durable.store.memory.MemoryCheckpointStore;

/**
 * An execution of a program as its store shows it, with those that it invoked.
 */
public final class ObservedExecution {

	private static final Set<OperationSubType> BRANCHES = EnumSet.of(OperationSubType.MAP_ITERATION,
			OperationSubType.PARALLEL_BRANCH);

	private final ExecutionId id;

	private final CrashProgram program;

	private final CheckpointStore data;

	private final ExecutionQueries queries;

	/** The read side with payloads opened. */
	private final ExecutionQueries opened;

	ObservedExecution(ExecutionId id, CrashProgram program, CheckpointStore data, ExecutionQueries queries,
			ExecutionQueries opened) {
		this.id = id;
		this.program = program;
		this.data = data;
		this.queries = queries;
		this.opened = opened;
	}

	/**
	 * Create the observation of an execution whose payloads are stored as they are.
	 * @param id the execution
	 * @param program its program
	 * @param data where it is stored
	 * @param queries the read side of that
	 */
	public ObservedExecution(ExecutionId id, CrashProgram program, CheckpointStore data, ExecutionQueries queries) {
		this(id, program, data, queries, queries);
	}

	/**
	 * Return whether it has ended.
	 * @return whether it has
	 * @throws AssertionError if it is blocked
	 */
	public boolean hasEnded() {
		return hasEnded(this.id);
	}

	private boolean hasEnded(ExecutionId execution) {
		ExecutionRow row = this.queries.find(execution).orElse(null);
		if (row != null && row.state().blockedReason() != null) {
			throw new AssertionError("Execution '%s' is blocked: %s".formatted(execution, describe(execution)));
		}
		return row != null && row.state().status().isTerminal();
	}

	/**
	 * Return whether nothing more happens in the execution before its timeout: it is
	 * suspended, and has neither news nor a wake-up nor running children.
	 * @return whether only an outsider can let it go on
	 */
	public boolean isStuck() {
		Optional<Long> before = position();
		return isIdle() && position().equals(before);
	}

	/** In the order in which news passes: a child's end is a signal, then an event. */
	private boolean isIdle() {
		if (!invoked().values().stream().allMatch(this::hasEnded) || !this.data.signals(List.of(this.id)).isEmpty()) {
			return false;
		}
		ExecutionRow row = this.queries.find(this.id).orElseThrow();
		Instant wakeAt = row.state().wakeAt();
		Instant timeoutAt = row.identity().timeoutAt();
		return row.state().node() == null && (wakeAt == null || (timeoutAt != null && !wakeAt.isBefore(timeoutAt)));
	}

	private Optional<Long> position() {
		return this.data.lastEvent(this.id).map(Event::position);
	}

	/** Whether a branch's end is recorded, but not the end of what it is a branch of. */
	boolean isHalfEnded() {
		Map<OperationId, OperationRef> ended = new HashMap<>();
		for (Event event : history(this.id)) {
			if (event.operation() != null && RecordedExecution.isTerminal(event)) {
				ended.put(event.operation().id(), event.operation());
			}
		}
		return ended.values()
			.stream()
			.anyMatch((operation) -> BRANCHES.contains(operation.subType()) && operation.parentId() != null
					&& !ended.containsKey(operation.parentId()));
	}

	/** The executions that this one invoked, by the operation that did. */
	private Map<String, ExecutionId> invoked() {
		Map<String, ExecutionId> invoked = new TreeMap<>();
		for (Event event : history(this.id)) {
			if (event.type() == EventType.CHAINED_INVOKE_STARTED && event.operation() != null) {
				String child = Objects.requireNonNull(event.content().details().text("execution"));
				invoked.put(event.operation().id().value(), new ExecutionId(child));
			}
		}
		return invoked;
	}

	private List<Event> history(ExecutionId execution) {
		return this.queries.history(execution, 0, Integer.MAX_VALUE);
	}

	/**
	 * Tell where it stands, in a form that a person can read.
	 * @return its state and its events
	 */
	public String describe() {
		return describe(this.id);
	}

	private String describe(ExecutionId execution) {
		return this.queries.find(execution).orElseThrow().state() + history(execution).stream()
			.map((event) -> "%n\t%d %s %s %s by %s".formatted(event.position(), event.type().text(),
					(event.operation() != null)
							? event.operation().subType().text() + " '" + event.operation().name() + "'" : "",
					event.content().details().values(), event.invocation()))
			.collect(Collectors.joining());
	}

	/** What is recorded of the execution and of those that it invoked. */
	private Map<String, RecordedExecution> recorded() {
		Map<String, RecordedExecution> recorded = new TreeMap<>();
		recorded.put("root", read(this.id));
		invoked().forEach((operation, child) -> recorded.put("invoked by " + operation, read(child)));
		return recorded;
	}

	private RecordedExecution read(ExecutionId execution) {
		return RecordedExecution.of(this.opened.history(execution, 0, Integer.MAX_VALUE), this.program.deterministic());
	}

	/** The operations of this execution that each execution says it was invoked by. */
	private List<String> invokedBy() {
		return CrashPrograms.invoked()
			.stream()
			.flatMap((function) -> executions(ExecutionQuery.all().withFunction(function.name()).withLimit(1000)))
			.flatMap((row) -> Stream.ofNullable(row.identity().parent()))
			.filter((link) -> link.execution().equals(this.id))
			.map((link) -> "invoked by " + link.operation())
			.toList();
	}

	private Stream<ExecutionRow> executions(ExecutionQuery query) {
		ExecutionPage page = this.queries.list(query);
		Stream<ExecutionRow> rows = page.executions()
			.stream()
			.flatMap((summary) -> this.queries.find(summary.id()).stream());
		return (page.next() != null) ? Stream.concat(rows, executions(query.after(page.next()))) : rows;
	}

	/**
	 * Compare with another execution of the same program on the same host.
	 * @param undisturbed one without crashes
	 * @return what is recorded here in another way than there, in words
	 */
	public List<String> differencesFrom(ObservedExecution undisturbed) {
		return differences(undisturbed.recorded(), recorded());
	}

	/**
	 * Compare with an execution of the same program on the embedded host, whose history
	 * every host must have.
	 * @return what is recorded here in another way than there, in words
	 */
	public List<String> differencesFromEmbedded() {
		Map<String, RecordedExecution> expected = embedded(this.program).recorded();
		Map<String, RecordedExecution> recorded = recorded();
		recorded
			.replaceAll((key, found) -> found.withoutWinners(expected.getOrDefault(key, RecordedExecution.NOTHING)));
		return differences(expected, recorded);
	}

	/** The program's execution on the embedded host, in memory and without crashes. */
	private static ObservedExecution embedded(CrashProgram program) {
		VirtualTime time = new VirtualTime();
		MemoryCheckpointStore store = new MemoryCheckpointStore(time);
		CrashRun run = new CrashRun(program, "embedded", CrashingStore.counting(store), store, store, time,
				PayloadSealing.none());
		run.toItsEnd();
		return run.observed();
	}

	private List<String> differences(Map<String, RecordedExecution> expected, Map<String, RecordedExecution> recorded) {
		List<String> differences = new ArrayList<>();
		Stream.concat(expected.keySet().stream(), recorded.keySet().stream())
			.distinct()
			.forEach((key) -> differences
				.addAll(RecordedExecution.differences(key, expected.getOrDefault(key, RecordedExecution.NOTHING),
						recorded.getOrDefault(key, RecordedExecution.NOTHING))));
		Set<String> invoked = new HashSet<>();
		for (String by : invokedBy()) {
			if (!invoked.add(by) || !expected.containsKey(by)) {
				differences.add("An execution too many was " + by);
			}
		}
		return differences;
	}

}
