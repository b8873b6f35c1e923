package dev.durable.lambda.crash;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.durable.store.tck.CrashProgram;
import dev.durable.store.tck.ObservedExecution;
import dev.durable.store.tck.Outsider;
import dev.durable.store.tck.Witness;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** One execution of a program, whose processes die as planned. */
final class LambdaRun {

	/** Far more than any run needs on a busy machine. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final CrashProgram program;

	private final String name;

	private final Deaths deaths;

	private final Witness witness;

	private final Outsider outsider;

	private volatile @Nullable ObservedExecution observed;

	private long startedNanos;

	LambdaRun(CrashProgram program, String name, Deaths deaths, Witness witness, Outsider outsider) {
		this.program = program;
		this.name = name;
		this.deaths = deaths;
		this.witness = witness;
		this.outsider = outsider;
	}

	CrashProgram program() {
		return this.program;
	}

	/** The name of its execution. */
	String name() {
		return this.name;
	}

	Deaths deaths() {
		return this.deaths;
	}

	Witness witness() {
		return this.witness;
	}

	void started(ObservedExecution execution) {
		this.observed = execution;
		this.startedNanos = System.nanoTime();
	}

	private ObservedExecution observed() {
		return Objects.requireNonNull(this.observed, "'observed' is known once the run has started");
	}

	/** Let the outsider act; returns whether the execution has ended. */
	boolean goOn() {
		if (observed().hasEnded()) {
			return true;
		}
		this.outsider.act(this.witness, observed()::isStuck);
		if (System.nanoTime() - this.startedNanos > PATIENCE.toNanos()) {
			throw new AssertionError("%s did not end within %s: %s".formatted(this, PATIENCE, observed().describe()));
		}
		return false;
	}

	/** Check that it came to the same as one without deaths. */
	void check(LambdaRun undisturbed) {
		check(observed().differencesFrom(undisturbed.observed()));
	}

	/** Check that it came to the same as on the embedded host. */
	void check() {
		check(observed().differencesFromEmbedded());
	}

	private void check(List<String> differences) {
		assertThat(differences).as("Differences of %s", this).isEmpty();
		assertThat(this.witness.violations()).as("Bodies of %s", this).isEmpty();
	}

	@Override
	public String toString() {
		return "'%s' as '%s' with %s".formatted(this.program, this.name, this.deaths);
	}

}
