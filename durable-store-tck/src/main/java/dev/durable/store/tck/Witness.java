package dev.durable.store.tck;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.BooleanSupplier;

import dev.durable.StepContext;
import dev.durable.store.ExecutionQueries;
import org.jspecify.annotations.Nullable;

/**
 * Survives the crashes of one run and sees what step bodies do in all its processes.
 * Thread-safe.
 */
final class Witness {

	private final ExecutionQueries queries;

	private final Set<String> attempts = ConcurrentHashMap.newKeySet();

	private final Set<String> published = ConcurrentHashMap.newKeySet();

	private final Queue<Publication> publications = new ConcurrentLinkedQueue<>();

	private final Queue<Gate> gates = new PriorityBlockingQueue<>(11, Comparator.comparing(Gate::depth).reversed());

	private final List<String> violations = new CopyOnWriteArrayList<>();

	Witness(ExecutionQueries queries) {
		this.queries = queries;
	}

	/**
	 * A body begins, which it must not once its step has an outcome.
	 * @param dead whether its process is: then the outcome may be another's, recorded
	 * after this body had begun
	 */
	void runs(StepContext step, BooleanSupplier dead) {
		boolean recorded = this.queries.history(step.executionId(), 0, Integer.MAX_VALUE)
			.stream()
			.filter((event) -> event.operation() != null && event.operation().id().equals(step.operationId()))
			.anyMatch(RecordedExecution::isTerminal);
		if (recorded && !dead.getAsBoolean()) {
			this.violations.add("The body of recorded step %s ran again".formatted(step.operationId()));
		}
	}

	/** The body of an at-most-once step begins, once for each attempt. */
	void runsOnce(StepContext step, BooleanSupplier dead) {
		runs(step, dead);
		if (!this.attempts.add(step.executionId() + "/" + step.operationId() + "/" + step.attempt())) {
			this.violations
				.add("Attempt %d of at-most-once step %s ran again".formatted(step.attempt(), step.operationId()));
		}
	}

	void violated(String violation) {
		this.violations.add(violation);
	}

	void publishes(Answer answer, String callbackId) {
		if (this.published.add(callbackId)) {
			this.publications.add(new Publication(answer, callbackId));
		}
	}

	@Nullable Publication nextPublication() {
		return this.publications.poll();
	}

	/** A callback is to succeed when nothing else can happen, the deepest one first. */
	void publishesGate(String callbackId, int depth) {
		if (this.published.add(callbackId)) {
			this.gates.add(new Gate(callbackId, depth));
		}
	}

	boolean hasGate() {
		return !this.gates.isEmpty();
	}

	@Nullable Gate nextGate() {
		return this.gates.poll();
	}

	List<String> violations() {
		return this.violations;
	}

	/** What an outsider does with a callback. */
	enum Answer {

		SUCCEED, FAIL, HEARTBEAT_THEN_SUCCEED, IGNORE

	}

	/**
	 * A callback that the outsider was told of.
	 *
	 * @param answer what to do with it
	 * @param callbackId its id
	 */
	record Publication(Answer answer, String callbackId) {

	}

	/**
	 * A callback that holds the execution back until nothing else can happen in it.
	 *
	 * @param callbackId its id
	 * @param depth greater for what lies inside of something else that is held back
	 */
	record Gate(String callbackId, int depth) {

	}

}
