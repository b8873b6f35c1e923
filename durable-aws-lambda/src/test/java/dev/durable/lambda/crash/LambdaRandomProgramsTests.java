package dev.durable.lambda.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.durable.store.tck.CrashProgram;
import dev.durable.store.tck.CrashPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random nestings of operations come to the same end with and without deaths of their
 * sandboxes.
 * <p>
 * System properties: {@code durable.random.programs}, how many programs, and
 * {@code durable.random.seed}, the seed of the first one (default: random); each of the
 * next ones has the next number as its seed.
 */
@Timeout(600)
class LambdaRandomProgramsTests {

	private static final int PROGRAMS = Integer.getInteger("durable.random.programs", 60);

	private static final long SEED = Long.getLong("durable.random.seed",
			ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

	private static final Logger log = LoggerFactory.getLogger(LambdaRandomProgramsTests.class);

	@Test
	void programsWhenTheirSandboxesDieAtRandomComeToTheSameEnd() {
		log.info("{} random programs from -Ddurable.random.seed={}", PROGRAMS, SEED);
		try (EmulatedLambda lambda = new EmulatedLambda(List.of(CrashPrograms.random(SEED)), new Sandboxes(),
				EmulatedLambda.FAST)) {
			List<LambdaRun> undisturbed = new ArrayList<>();
			for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
				undisturbed.add(lambda.run(CrashPrograms.random(seed), "undisturbed-" + seed, List.of()));
			}
			lambda.toTheirEnds(undisturbed);
			undisturbed.forEach(LambdaRun::check);
			List<LambdaRun> crashed = new ArrayList<>();
			for (int i = 0; i < PROGRAMS; i++) {
				CrashProgram program = undisturbed.get(i).program();
				List<Death> deaths = deaths(SEED + i, undisturbed.get(i).deaths().checkpoints());
				crashed.add(lambda.run(program, "crashed-" + (SEED + i), deaths));
			}
			lambda.toTheirEnds(crashed);
			for (int i = 0; i < PROGRAMS; i++) {
				crashed.get(i).check(undisturbed.get(i));
			}
		}
	}

	private static List<Death> deaths(long seed, int checkpoints) {
		return CrashPrograms.randomCrashes(seed, checkpoints).stream().map(Death::of).toList();
	}

}
