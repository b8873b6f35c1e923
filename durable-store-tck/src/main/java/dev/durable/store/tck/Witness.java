package dev.durable.store.tck;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.PriorityBlockingQueue;

import dev.durable.store.ExecutionQueries;
import org.jspecify.annotations.Nullable;

/**
 * Survives the crashes of one run and sees what step bodies do in all its processes.
 * Thread-safe.
 */
public final class Witness implements BodyListener {

	private final ExecutionQueries queries;

	private final Set<BodyRun> attempts = ConcurrentHashMap.newKeySet();

	private final Set<String> published = ConcurrentHashMap.newKeySet();

	private final Queue<Publication> publications = new ConcurrentLinkedQueue<>();

	private final Queue<Gate> gates = new PriorityBlockingQueue<>(11, Comparator.comparing(Gate::depth).reversed());

	private final List<String> violations = new CopyOnWriteArrayList<>();

	/**
	 * Create a witness.
	 * @param queries tells what is recorded
	 */
	public Witness(ExecutionQueries queries) {
		this.queries = queries;
	}

	@Override
	public boolean isRecorded(BodyRun body) {
		return this.queries.history(body.execution(), 0, Integer.MAX_VALUE)
			.stream()
			.filter((event) -> event.operation() != null && event.operation().id().equals(body.operation()))
			.anyMatch(RecordedExecution::isTerminal);
	}

	@Override
	public void runsOnce(BodyRun body) {
		if (!this.attempts.add(body)) {
			this.violations
				.add("Attempt %d of at-most-once step %s ran again".formatted(body.attempt(), body.operation()));
		}
	}

	@Override
	public void violated(String violation) {
		this.violations.add(violation);
	}

	@Override
	public void publishes(BodyRun body, Answer answer, String callbackId) {
		if (this.published.add(callbackId)) {
			this.publications.add(new Publication(answer, callbackId));
		}
	}

	@Nullable Publication nextPublication() {
		return this.publications.poll();
	}

	@Override
	public void publishesGate(BodyRun body, String callbackId, int depth) {
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

	/**
	 * Return what was not as it must be in every run.
	 * @return each in words
	 */
	public List<String> violations() {
		return this.violations;
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
