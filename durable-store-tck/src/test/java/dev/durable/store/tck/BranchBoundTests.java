package dev.durable.store.tck;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.engine.FunctionBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bounds of running and parked branches change neither what a program returns nor
 * what it records.
 */
class BranchBoundTests {

	static Stream<Arguments> programsAndBounds() {
		int[][] bounds = { { 1, 0 }, { 2, 1 }, { 1, 256 }, { 256, 0 } };
		return BranchPrograms.all()
			.entrySet()
			.stream()
			.flatMap((program) -> Stream.of(bounds)
				.map((bound) -> Arguments.of(program.getKey(), program.getValue(), bound[0], bound[1])));
	}

	@ParameterizedTest(name = "{0}: {2} running, {3} parked")
	@MethodSource("programsAndBounds")
	void programWhenItsBranchesAreBoundedDoesTheSame(String name, FunctionBody body, int maxRunning, int maxParked) {
		EngineFixture bounded = new EngineFixture().branches(maxRunning, maxParked);
		EngineFixture roomy = new EngineFixture();
		ExecutionHandle<Object> actual = run(bounded, body);
		ExecutionHandle<Object> expected = run(roomy, body);
		assertThat(bounded.result(actual)).isNotNull().isEqualTo(roomy.result(expected));
		assertThat(records(actual)).isEqualTo(records(expected));
	}

	private static ExecutionHandle<Object> run(EngineFixture engine, FunctionBody body) {
		engine.function("program", body).start();
		ExecutionHandle<Object> handle = engine.run("program", null);
		engine.runToEnd(handle);
		engine.engine().stop();
		return handle;
	}

	/** What happened to which operation; branches may be in another order. */
	private static List<String> records(ExecutionHandle<Object> handle) {
		return handle.history()
			.stream()
			.filter((event) -> event.operation() != null)
			.filter((event) -> event.type() != EventType.INVOCATION_COMPLETED)
			.map(BranchBoundTests::record)
			.sorted()
			.toList();
	}

	private static String record(HistoryEvent event) {
		return "%s of %s with %s, %s".formatted(event.type(), Objects.requireNonNull(event.operation()).id(),
				event.payload(), event.error());
	}

}
