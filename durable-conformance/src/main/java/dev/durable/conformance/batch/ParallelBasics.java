package dev.durable.conformance.batch;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ParallelBranch;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

/** Parallels whose branches all succeed, and one that may not start. */
@Component
class ParallelBasics {

	private static final BatchOptions ONE_BY_ONE = BatchOptions.builder().maxConcurrency(1).build();

	private static final BatchOptions TWO_AT_ONCE = BatchOptions.builder().maxConcurrency(2).build();

	private final DurableContext durable;

	ParallelBasics(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "8-1")
	List<String> stepInEachBranch() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((child) -> task("task-1")),
				ParallelBranch.of((child) -> task("task-2")));
		return this.durable.parallel("parallel", branches, TypeRef.of(String.class), ONE_BY_ONE).results();
	}

	@DurableStep(name = "task")
	String task(String result) {
		return result;
	}

	@DurableFunction(name = "8-2")
	List<String> withoutName() {
		return this.durable.parallel(null, constants("alpha", "beta"), TypeRef.of(String.class), ONE_BY_ONE).results();
	}

	@DurableFunction(name = "8-3")
	List<String> namedBranches() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("first", (child) -> "one"),
				ParallelBranch.of("second", (child) -> "two"));
		return this.durable.parallel("named", branches, TypeRef.of(String.class), ONE_BY_ONE).results();
	}

	@DurableFunction(name = "8-4")
	List<Object> resultsOfDifferentTypes() {
		List<ParallelBranch<Object>> branches = List.of(ParallelBranch.of((child) -> "hello"),
				ParallelBranch.of((child) -> 42), ParallelBranch.of((child) -> Map.of("k", "v")));
		return this.durable.parallel("hetero", branches, TypeRef.of(Object.class), ONE_BY_ONE).results();
	}

	@DurableFunction(name = "8-5")
	List<String> withoutBranches() {
		return this.durable.parallel("empty", constants(), String.class).results();
	}

	@DurableFunction(name = "8-11")
	List<String> sideBySide() {
		return this.durable.parallel("concurrent", constants("r0", "r1", "r2"), TypeRef.of(String.class), TWO_AT_ONCE)
			.results();
	}

	@DurableFunction(name = "8-19")
	List<String> invalidConcurrency() {
		BatchOptions options = BatchOptions.builder().maxConcurrency(0).build();
		return this.durable.parallel("bad-concurrency", constants("b0", "b1"), TypeRef.of(String.class), options)
			.results();
	}

	@DurableFunction(name = "8-21")
	List<List<String>> nested() {
		ParallelBranch<List<String>> outer = ParallelBranch.of(this::inner);
		return this.durable.parallel("outer", List.of(outer), new TypeRef<List<String>>() {
		}, ONE_BY_ONE).results();
	}

	private List<String> inner(DurableContext child) {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((branch) -> task("i1")),
				ParallelBranch.of((branch) -> task("i2")));
		return child.parallel("inner", branches, TypeRef.of(String.class), ONE_BY_ONE).results();
	}

	private static List<ParallelBranch<String>> constants(String... results) {
		return Stream.of(results).map((result) -> ParallelBranch.<String>of((child) -> result)).toList();
	}

}
