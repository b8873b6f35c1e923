package dev.durable.store.tck;

import java.util.function.BooleanSupplier;

import dev.durable.StepContext;

/** What step bodies of one process do: tell who listens, unless the process is dead. */
public final class Probe {

	private final BodyListener listener;

	private final BooleanSupplier crashed;

	/**
	 * Create a probe.
	 * @param listener is told what bodies do
	 * @param crashed whether the process is dead
	 */
	public Probe(BodyListener listener, BooleanSupplier crashed) {
		this.listener = listener;
		this.crashed = crashed;
	}

	/** Run the body of an at-least-once step. */
	<T> T run(StepContext step, T result) {
		begin(step);
		return result;
	}

	/** Run the body of an at-most-once step. */
	<T> T runOnce(StepContext step, T result) {
		begin(step);
		this.listener.runsOnce(BodyRun.of(step));
		return result;
	}

	/**
	 * A body that the crash overtakes while the listener looks sees what the next process
	 * records; it does nothing any more.
	 */
	private void begin(StepContext step) {
		checkAlive();
		boolean recorded = this.listener.isRecorded(BodyRun.of(step));
		checkAlive();
		expect(!recorded, "The body of recorded step %s ran again".formatted(step.operationId()));
	}

	/** Run a body that fails in its first attempts. */
	<T> T runAfter(StepContext step, int failures, T result) {
		run(step, result);
		if (step.attempt() <= failures) {
			throw new IllegalStateException("Out of order, as expected");
		}
		return result;
	}

	/** Run a body that tells an outsider of a callback. */
	String publish(StepContext step, BodyListener.Answer answer, String callbackId) {
		run(step, callbackId);
		this.listener.publishes(BodyRun.of(step), answer, callbackId);
		return "published";
	}

	/** Run a body that tells the outsider of a callback that holds its execution back. */
	String gate(StepContext step, String callbackId, int depth) {
		run(step, callbackId);
		this.listener.publishesGate(BodyRun.of(step), callbackId, depth);
		return "published";
	}

	/** Tell if something is not as it must be in every run. */
	void expect(boolean holds, String otherwise) {
		if (!holds) {
			this.listener.violated(otherwise);
		}
	}

	private void checkAlive() {
		if (this.crashed.getAsBoolean()) {
			throw new ProcessCrashed("A step body of a dead process does nothing");
		}
	}

}
