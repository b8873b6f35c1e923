package dev.durable.lambda.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import dev.durable.store.tck.CrashProgram;
import dev.durable.store.tck.CrashPrograms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An execution whose process is killed, at a checkpoint or before its answer, comes to
 * the same end as one that nothing happened to: with Lambda's runtime interface client,
 * and SIGKILL.
 * <p>
 * A new process takes a second, so a few programs of each kind are killed, each once at
 * each kind of moment. {@code -Ddurable.crash.stride=1} kills all programs at all
 * moments.
 */
@Timeout(3_600)
class ProcessCrashTests {

	private static final int PROGRAMS_PER_KIND = 1;

	/** Heartbeats must come in time while processes start. */
	private static final int SLOW = 4;

	@TempDir
	private static Path directory;

	private static Processes processes;

	private static EmulatedLambda lambda;

	private static Toll toll = Toll.NONE;

	@BeforeAll
	static void start() {
		processes = new Processes(directory.resolve("output"));
		lambda = new EmulatedLambda(CrashPrograms.all(), processes, EmulatedLambda.FAST);
	}

	@AfterAll
	static void stop() {
		lambda.close();
		processes.close();
		toll.check();
	}

	@ParameterizedTest
	@MethodSource("programs")
	void executionWhenItsProcessIsKilledComesToTheSameEnd(CrashProgram program) {
		if (!program.hasHeartbeats()) {
			toll = toll.plus(lambda.crash(program, ProcessCrashTests::choose));
			processes.check();
			return;
		}
		try (Processes own = new Processes(directory.resolve("output"));
				EmulatedLambda slow = new EmulatedLambda(CrashPrograms.all(), own, SLOW)) {
			toll = toll.plus(slow.crash(program, ProcessCrashTests::choose));
			own.check();
		}
	}

	private static Stream<List<Death>> choose(List<Death> moments) {
		return (Strides.isSet() ? Strides.some(moments, 1).stream()
				: Stream.of(Death.Moment.values()).flatMap((moment) -> one(moments, moment)))
			.map(List::of);
	}

	private static Stream<Death> one(List<Death> moments, Death.Moment moment) {
		List<Death> alike = moments.stream().filter((death) -> death.moment() == moment).toList();
		return alike.isEmpty() ? Stream.empty()
				: Stream.of(alike.get(ThreadLocalRandom.current().nextInt(alike.size())));
	}

	static Stream<CrashProgram> programs() {
		return Strides.isSet() ? CrashPrograms.all().stream()
				: CrashPrograms.byKind().values().stream().flatMap(ProcessCrashTests::few);
	}

	private static Stream<CrashProgram> few(List<CrashProgram> programs) {
		List<CrashProgram> shuffled = new ArrayList<>(programs);
		Collections.shuffle(shuffled);
		return shuffled.stream().filter((program) -> !program.hasHeartbeats()).limit(PROGRAMS_PER_KIND);
	}

}
