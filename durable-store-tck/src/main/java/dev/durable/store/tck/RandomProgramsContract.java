package dev.durable.store.tck;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random nestings of operations come to the same end with and without crashes. A store's
 * tests extend this class beside {@link CrashEverywhereContract}.
 * <p>
 * Each program runs undisturbed and then with processes that die at random appends. The
 * results, the recorded outcome of every operation and the recorded attempts must be the
 * same, and no body may run again once its step is recorded. A case that fails is
 * simplified before it is reported; its text goes into {@link KnownCases}.
 * <p>
 * System properties: {@code durable.random.programs}, how many programs (default
 * {@link #programs()}), and {@code durable.random.seed}, the seed of the first one
 * (default: random); each of the next ones has the next number as its seed.
 */
@Timeout(850)
public abstract class RandomProgramsContract extends StoreFixture {

	/** Each begins with an empty store, which keeps it fast. */
	private static final int ROUNDS = 8;

	private static final long SEED = Long.getLong("durable.random.seed",
			ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

	private static final int TRIES_TO_SIMPLIFY = 4_000;

	private static final Logger log = LoggerFactory.getLogger(RandomProgramsContract.class);

	/**
	 * Return how many programs are run unless a system property says otherwise.
	 * @return the number, at least 1
	 */
	protected int programs() {
		return 1_000;
	}

	@RepeatedTest(ROUNDS)
	void programWhenItsProcessesDieAtRandomComesToTheSameEnd(RepetitionInfo round) {
		int programs = Integer.getInteger("durable.random.programs", programs());
		long begin = SEED + programs * (round.getCurrentRepetition() - 1L) / ROUNDS;
		long end = SEED + programs * (long) round.getCurrentRepetition() / ROUNDS;
		log.info("{} random programs from -Ddurable.random.seed={}", end - begin, begin);
		RandomCaseCheck check = check();
		for (long seed = begin; seed < end; seed++) {
			checkProgram(check, seed);
		}
	}

	@ParameterizedTest
	@MethodSource("knownCases")
	void knownProgramWhenItsProcessesDieComesToTheSameEnd(RandomCase known) {
		Throwable failure = check().failure(known);
		if (failure != null) {
			throw new AssertionError("Failed: " + known, failure);
		}
	}

	private static void checkProgram(RandomCaseCheck check, long seed) {
		Statement program = RandomCases.program(seed);
		Throwable failure = check.undisturbedFailure(program);
		if (failure != null) {
			fail(check, seed, RandomCase.of(program), failure);
		}
		RandomCase crashed = new RandomCase(program, RandomCases.crashes(seed, check.appends(program)));
		failure = check.failure(crashed);
		if (failure != null) {
			fail(check, seed, crashed, failure);
		}
	}

	/** Told before it is simplified, which may take long. */
	private static void fail(RandomCaseCheck check, long seed, RandomCase failing, Throwable failure) {
		log.error("The program of -Ddurable.random.seed={} failed and is now simplified: {}", seed, failing, failure);
		Shrinker<RandomCase> shrinker = new Shrinker<>(RandomCase::simpler, (simpler) -> stillFails(check, simpler),
				TRIES_TO_SIMPLIFY);
		RandomCase simplest = shrinker.shrink(failing);
		Throwable simplestFailure = check.failure(simplest);
		throw new AssertionError("The program of -Ddurable.random.seed=%d failed.%nIt was:   %s%nSimplest: %s"
			.formatted(seed, failing, simplest), (simplestFailure != null) ? simplestFailure : failure);
	}

	private static boolean stillFails(RandomCaseCheck check, RandomCase simpler) {
		boolean fails = check.fails(simpler);
		if (fails) {
			log.info("Still fails: {}", simpler);
		}
		return fails;
	}

	private RandomCaseCheck check() {
		return new RandomCaseCheck(store(), otherNode(), queries(), time(), sealing());
	}

	static Stream<RandomCase> knownCases() {
		return KnownCases.all();
	}

}
