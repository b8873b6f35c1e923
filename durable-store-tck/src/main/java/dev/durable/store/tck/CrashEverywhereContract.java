package dev.durable.store.tck;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An execution whose process dies comes to the same end as one that nothing happened to.
 * A store's tests extend this class beside {@link CheckpointStoreContract}.
 * <p>
 * Each program runs once undisturbed, which tells its number of appends, and then once
 * for each append and each side of it, with a crash there. Another process goes on, on
 * {@link #otherNode()}, and may die at its first append. Time is virtual: it moves when
 * no thread has work.
 */
@Timeout(600)
public abstract class CrashEverywhereContract extends StoreFixture {

	@ParameterizedTest
	@MethodSource("programs")
	void executionWhenItsProcessDiesAtAnyAppendComesToTheSameEnd(CrashProgram program) {
		CrashRun undisturbed = undisturbed(program);
		List<CrashPoint> points = some(points(undisturbed.process().appends()));
		int crashes = 0;
		for (CrashPoint point : points) {
			CrashRun run = run(program, "crashed " + point, CrashingStore.crashingAt(store(), point));
			crashes += checked(run, point, undisturbed).crashes();
		}
		// a run may need an append less than the first one did when branches share one
		assertThat(crashes).isGreaterThanOrEqualTo(points.size() / 2);
	}

	@ParameterizedTest
	@MethodSource("singleOperations")
	void executionWhenTheProcessThatTakesOverDiesTooComesToTheSameEnd(CrashProgram program) {
		CrashRun undisturbed = undisturbed(program);
		for (CrashPoint point : some(points(undisturbed.process().appends()))) {
			CrashPoint takeover = new CrashPoint(1, point.moment());
			CrashRun run = run(program, "crashed twice " + point, CrashingStore.crashingAt(store(), point))
				.then(CrashingStore.crashingAt(otherNode(), takeover));
			checked(run, point, undisturbed);
		}
	}

	@ParameterizedTest
	@MethodSource("batches")
	void crashesWhenAProgramHasBranchesHitTheMomentBetweenABranchsEndAndItsParents(CrashProgram program) {
		List<CrashPoint> points = points(undisturbed(program).process().appends());
		assertThat(points).anyMatch((point) -> {
			CrashRun run = run(program, "crashed " + point, CrashingStore.crashingAt(store(), point));
			run.toItsEnd();
			return run.wasHalfEnded();
		});
	}

	/**
	 * Return how many crash points there are for one that is tried: each run begins
	 * elsewhere, so that several runs try all. The system property
	 * {@code durable.crash.stride} wins.
	 * @return from 1, the default, which tries all of them
	 */
	protected int stride() {
		return 1;
	}

	private List<CrashPoint> some(List<CrashPoint> points) {
		int stride = Integer.getInteger("durable.crash.stride", stride());
		int first = ThreadLocalRandom.current().nextInt(stride);
		return IntStream.range(0, points.size())
			.filter((i) -> i % stride == first % Math.min(stride, points.size()))
			.mapToObj(points::get)
			.toList();
	}

	private CrashRun undisturbed(CrashProgram program) {
		CrashRun run = run(program, "undisturbed", CrashingStore.counting(store()));
		run.toItsEnd();
		return run;
	}

	private CrashRun checked(CrashRun run, CrashPoint point, CrashRun undisturbed) {
		run.toItsEnd();
		assertThat(run.observed().differencesFrom(undisturbed.observed())).as("Differences with a crash %s", point)
			.isEmpty();
		assertThat(run.witness().violations()).as("Bodies with a crash %s", point).isEmpty();
		return run;
	}

	private CrashRun run(CrashProgram program, String name, CrashingStore first) {
		return new CrashRun(program, name.replace(' ', '-'), first, otherNode(), queries(), time(), sealing());
	}

	private static List<CrashPoint> points(int appends) {
		return IntStream.rangeClosed(1, appends)
			.boxed()
			.flatMap((append) -> Arrays.stream(CrashPoint.Moment.values())
				.map((moment) -> new CrashPoint(append, moment)))
			.toList();
	}

	static List<CrashProgram> programs() {
		return CrashPrograms.all();
	}

	static List<CrashProgram> singleOperations() {
		return CrashPrograms.singleOperations();
	}

	static List<CrashProgram> batches() {
		return BatchPrograms.recordingBranches();
	}

}
