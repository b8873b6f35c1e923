package dev.durable.store.tck;

import java.util.stream.Stream;

import dev.durable.store.CheckpointStore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An execution whose process dies between two writes of one append comes to the same end
 * as one that nothing happened to. The tests of a store whose calls are several writes
 * extend this class beside {@link CrashEverywhereContract}.
 */
@Timeout(600)
public abstract class TornAppendContract extends StoreFixture {

	/**
	 * Return a store on the data of {@link #store()} whose process dies at a write.
	 * @param writes how many writes happen before it dies; later ones fail, reads too
	 * @return the store, not used yet
	 */
	protected abstract MortalStore mortal(int writes);

	@ParameterizedTest
	@MethodSource("programs")
	void executionWhenItsProcessDiesAfterAnyWriteComesToTheSameEnd(CrashProgram program) {
		MortalStore immortal = mortal(Integer.MAX_VALUE);
		CrashRun undisturbed = run(program, "undisturbed", CrashingStore.counting(immortal.store()));
		undisturbed.toItsEnd();
		int torn = 0;
		for (int writes = 0; writes < immortal.writes(); writes++) {
			torn += died(program, writes, undisturbed);
		}
		assertThat(torn).isGreaterThan(undisturbed.process().appends());
	}

	private int died(CrashProgram program, int writes, CrashRun undisturbed) {
		MortalStore mortal = mortal(writes);
		CrashingStore process = CrashingStore.counting(mortal.store());
		mortal.whenDead(process::crash);
		CrashRun run = run(program, "died-after-" + writes, process);
		run.toItsEnd();
		assertThat(run.observed().differencesFrom(undisturbed.observed()))
			.as("Differences after death at write %d", writes)
			.isEmpty();
		assertThat(run.witness().violations()).as("Bodies after death at write %d", writes).isEmpty();
		return run.crashes();
	}

	private CrashRun run(CrashProgram program, String name, CrashingStore first) {
		return new CrashRun(program, name, first, otherNode(), queries(), time(), sealing());
	}

	static Stream<CrashProgram> programs() {
		return Stream.of(StepPrograms.all(), OutsidePrograms.all(), WaitingPrograms.all())
			.flatMap((programs) -> programs.stream());
	}

	/** A store whose process dies. */
	public interface MortalStore {

		/**
		 * Return the store.
		 * @return the store
		 */
		CheckpointStore store();

		/**
		 * Return how many writes happened so far.
		 * @return the number
		 */
		int writes();

		/**
		 * Set who learns of the death.
		 * @param listener called when it happens, on the thread that it happens on
		 */
		void whenDead(Runnable listener);

	}

}
