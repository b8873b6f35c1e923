package dev.durable.lambda.crash;

import java.util.List;

import dev.durable.store.tck.CrashProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An execution whose sandbox dies, at a checkpoint or before its answer, comes to the
 * same end as one that nothing happened to. Each program dies once at each of its moments
 * (or at some: {@code durable.crash.stride}).
 */
@Timeout(600)
class LambdaCrashEverywhereTests {

	private static final int STRIDE = 3;

	/** Heartbeats must come in time, also on a busy machine. */
	private static final int SLOW = 20;

	private static Toll toll = Toll.NONE;

	@AfterAll
	static void checkToll() {
		toll.check();
	}

	@ParameterizedTest
	@MethodSource("dev.durable.store.tck.CrashPrograms#all")
	void executionWhenItsSandboxDiesAtAnyMomentComesToTheSameEnd(CrashProgram program) {
		try (EmulatedLambda lambda = lambda(program)) {
			toll = toll.plus(lambda.crash(program, (moments) -> Strides.some(moments, STRIDE).stream().map(List::of)));
		}
	}

	@ParameterizedTest
	@MethodSource("dev.durable.store.tck.CrashPrograms#singleOperations")
	void executionWhenTheNextSandboxDiesTooComesToTheSameEnd(CrashProgram program) {
		try (EmulatedLambda lambda = lambda(program)) {
			toll = toll.plus(lambda.crash(program,
					(moments) -> Strides.some(moments, STRIDE)
						.stream()
						.map((death) -> List.of(death, new Death(death.moment(), 1)))));
		}
	}

	private static EmulatedLambda lambda(CrashProgram program) {
		return new EmulatedLambda(List.of(program), new Sandboxes(),
				program.hasHeartbeats() ? SLOW : EmulatedLambda.FAST);
	}

}
