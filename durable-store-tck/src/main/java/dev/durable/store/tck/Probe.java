package dev.durable.store.tck;

import java.util.function.BooleanSupplier;

import dev.durable.StepContext;

/** What step bodies of one simulated process do: tell the witness, unless it is dead. */
final class Probe {

	private final Witness witness;

	private final BooleanSupplier crashed;

	Probe(Witness witness, BooleanSupplier crashed) {
		this.witness = witness;
		this.crashed = crashed;
	}

	/** Run the body of an at-least-once step. */
	<T> T run(StepContext step, T result) {
		checkAlive();
		this.witness.runs(step, this.crashed);
		return result;
	}

	/** Run the body of an at-most-once step. */
	<T> T runOnce(StepContext step, T result) {
		checkAlive();
		this.witness.runsOnce(step, this.crashed);
		return result;
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
	String publish(StepContext step, Witness.Answer answer, String callbackId) {
		run(step, callbackId);
		this.witness.publishes(answer, callbackId);
		return "published";
	}

	/** Run a body that tells the outsider of a callback that holds its execution back. */
	String gate(StepContext step, String callbackId, int depth) {
		run(step, callbackId);
		this.witness.publishesGate(callbackId, depth);
		return "published";
	}

	/** Tell the witness if something is not as it must be in every run. */
	void expect(boolean holds, String otherwise) {
		if (!holds) {
			this.witness.violated(otherwise);
		}
	}

	private void checkAlive() {
		if (this.crashed.getAsBoolean()) {
			throw new ProcessCrashed("A step body of a dead process does nothing");
		}
	}

}
