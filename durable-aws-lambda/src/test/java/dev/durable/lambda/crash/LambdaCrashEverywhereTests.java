package dev.durable.lambda.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import dev.durable.store.tck.CrashProgram;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An execution whose sandbox dies, at a checkpoint or before its answer, comes to the same
 * end as one that nothing happened to.
 * <p>
 * Each program runs once undisturbed, which tells its moments, and then once for each of
 * them (or for some: {@code durable.crash.stride}), with a death there.
 */
@Timeout(600)
class LambdaCrashEverywhereTests {

	private static final int STRIDE = 1;

	/** Heartbeats must come in time, also on a busy machine. */
	private static final int SLOW = 20;

	@ParameterizedTest
	@MethodSource("dev.durable.store.tck.CrashPrograms#all")
	void executionWhenItsSandboxDiesAtAnyMomentComesToTheSameEnd(CrashProgram program) {
		try (EmulatedLambda lambda = lambda(program)) {
			LambdaRun undisturbed = lambda.undisturbed(program);
			List<LambdaRun> runs = new ArrayList<>();
			for (Death death : some(undisturbed.deaths().possible())) {
				runs.add(lambda.run(program, "run-" + runs.size(), death));
			}
			lambda.toTheirEnds(runs);
			runs.forEach((run) -> run.check(undisturbed));
			// a run may need a checkpoint less than the first one did when branches share
			// one
			assertThat(runs.stream().mapToInt((run) -> run.deaths().count()).sum())
				.isGreaterThanOrEqualTo(runs.size() / 2);
		}
	}

	@ParameterizedTest
	@MethodSource("dev.durable.store.tck.CrashPrograms#singleOperations")
	void executionWhenTheNextSandboxDiesTooComesToTheSameEnd(CrashProgram program) {
		try (EmulatedLambda lambda = lambda(program)) {
			LambdaRun undisturbed = lambda.undisturbed(program);
			List<LambdaRun> runs = new ArrayList<>();
			for (Death death : some(undisturbed.deaths().possible())) {
				runs.add(lambda.run(program, "run-" + runs.size(), death, new Death(death.moment(), 1)));
			}
			lambda.toTheirEnds(runs);
			runs.forEach((run) -> run.check(undisturbed));
		}
	}

	private static EmulatedLambda lambda(CrashProgram program) {
		boolean heartbeats = program.name().equals("callback-heartbeat");
		return new EmulatedLambda(List.of(program), new Sandboxes(), heartbeats ? SLOW : EmulatedLambda.FAST);
	}

	private static List<Death> some(List<Death> deaths) {
		int stride = Integer.getInteger("durable.crash.stride", STRIDE);
		int first = ThreadLocalRandom.current().nextInt(stride);
		return IntStream.range(0, deaths.size())
			.filter((i) -> i % stride == first % Math.min(stride, deaths.size()))
			.mapToObj(deaths::get)
			.toList();
	}

}
