package dev.durable.store.tck;

import java.util.List;

import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs programs without and with crashes and compares what they come to. */
final class RandomCaseCheck {

	/** Some failures need the threads to meet in a certain way. */
	private static final int REPEATS = 3;

	private final CheckpointStore store;

	private final CheckpointStore otherNode;

	private final ExecutionQueries queries;

	private final VirtualTime time;

	private final PayloadSealing sealing;

	private int runs;

	private int failures;

	private @Nullable Statement lastProgram;

	private @Nullable CrashRun undisturbed;

	RandomCaseCheck(CheckpointStore store, CheckpointStore otherNode, ExecutionQueries queries, VirtualTime time,
			PayloadSealing sealing) {
		this.store = store;
		this.otherNode = otherNode;
		this.queries = queries;
		this.time = time;
		this.sealing = sealing;
	}

	/** Return how many appends a program needs when nothing happens to it. */
	int appends(Statement program) {
		return undisturbed(program).process().appends();
	}

	/** Whether a case that may need several runs to fail does so. */
	boolean fails(RandomCase checked) {
		for (int i = 0; i < REPEATS; i++) {
			if (failure(checked) != null) {
				return true;
			}
		}
		return false;
	}

	/** Run a case once and return how it failed, or {@code null} if it did not. */
	@Nullable Throwable failure(RandomCase checked) {
		return failure(() -> check(checked));
	}

	/** Run a program without crashes and return how that failed, or {@code null}. */
	@Nullable Throwable undisturbedFailure(Statement program) {
		return failure(() -> undisturbed(program));
	}

	private @Nullable Throwable failure(Runnable run) {
		try {
			run.run();
			return null;
		}
		catch (AssertionError | RuntimeException ex) {
			this.failures++;
			return ex;
		}
	}

	private void check(RandomCase checked) {
		CrashRun undisturbed = undisturbed(checked.program());
		CrashRun run = run(checked.program(), checked.crashes());
		run.toItsEnd();
		assertThat(run.observed().differencesFrom(undisturbed.observed())).as("Differences after crashes").isEmpty();
		assertThat(run.witness().violations()).as("What must not happen in any run").isEmpty();
	}

	/** The run without crashes; the last one is kept, as it is asked for again. */
	private CrashRun undisturbed(Statement program) {
		CrashRun known = this.undisturbed;
		if (known == null || !program.equals(this.lastProgram)) {
			known = run(program, List.of());
			known.toItsEnd();
			assertThat(known.witness().violations()).as("What must not happen in any run").isEmpty();
			this.lastProgram = program;
			this.undisturbed = known;
		}
		return known;
	}

	/** After a failure the function has another name: what it left must not come back. */
	private CrashRun run(Statement program, List<CrashPoint> crashes) {
		this.runs++;
		CrashProgram function = CrashPrograms.random("random-" + this.failures, program);
		CrashRun run = new CrashRun(function, "run-" + this.runs, process(crashes, 0), this.otherNode, this.queries,
				this.time, this.sealing);
		for (int i = 1; i < crashes.size(); i++) {
			run.then(process(crashes, i));
		}
		return run;
	}

	private CrashingStore process(List<CrashPoint> crashes, int number) {
		CheckpointStore node = (number % 2 == 0) ? this.store : this.otherNode;
		return (number < crashes.size()) ? CrashingStore.crashingAt(node, crashes.get(number))
				: CrashingStore.counting(node);
	}

}
