package dev.durable.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.durable.DurableContext;
import dev.durable.FunctionVersion;
import dev.durable.ParallelBranch;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/** The durable functions that are measured. Their input is the number of branches. */
final class FanOutFunctions {

	static final String MAP = "map";

	static final String PARALLEL = "parallel";

	/** Long enough for the largest parallel to suspend before it is over. */
	static final Duration PAUSE = Duration.ofSeconds(1);

	private FanOutFunctions() {
	}

	static List<FunctionDefinition> all() {
		return List.of(function(MAP, FanOutFunctions::map), function(PARALLEL, FanOutFunctions::parallel));
	}

	private static FunctionDefinition function(String name, FunctionBody body) {
		return new FunctionDefinition(new FunctionVersion(name, "1"), Integer.class, Integer.class, null, body);
	}

	private static int size(@Nullable Object input) {
		return (Integer) Objects.requireNonNull(input);
	}

	/** One step for each item. */
	private static int map(DurableContext context, @Nullable Object input) {
		int size = size(input);
		List<Integer> items = IntStream.range(0, size).boxed().toList();
		return context
			.map("map", items, Integer.class,
					(child, item, index) -> child.step("work", Integer.class, (step) -> item + 1))
			.successCount();
	}

	/** A wait and a step in each branch. */
	private static int parallel(DurableContext context, @Nullable Object input) {
		int size = size(input);
		List<ParallelBranch<Integer>> branches = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			int number = i;
			branches.add(ParallelBranch.of((child) -> {
				child.wait("pause", PAUSE);
				return child.step("work", Integer.class, (step) -> number);
			}));
		}
		return context.parallel("parallel", branches, Integer.class).successCount();
	}

}
