package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CallbackOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.MapFunction;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;
import dev.durable.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Programs of map and parallel that run all their branches to the end.
 *
 * @see EarlyEndPrograms
 */
final class BatchPrograms {

	static final TypeRef<String> TEXT = TypeRef.of(String.class);

	/** Side by side without a limit. */
	static final int ALL = Integer.MAX_VALUE;

	private static final List<Integer> ITEMS = List.of(7, 8, 9);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** Two of them are more than a checkpoint may hold. */
	private static final int HALF_LARGE = 140_000;

	private BatchPrograms() {
	}

	static List<CrashProgram> all() {
		return Stream.of(recordingBranches(), EarlyEndPrograms.all(),
				List.of(map("flat-map", flat(2), BatchPrograms::someSteps),
						map("flat-map-one-by-one", flat(1), BatchPrograms::waiting),
						CrashProgram.of("flat-parallel", (context, probe) -> mixed(context, probe, flat(ALL))),
						CrashProgram.of("map-of-nothing", BatchPrograms::nothing)))
			.flatMap(List::stream)
			.toList();
	}

	/** Those in which a branch's end is recorded, and before its parent's. */
	static List<CrashProgram> recordingBranches() {
		return List.of(map("map", nested(ALL), BatchPrograms::someSteps),
				map("map-one-by-one", nested(1), BatchPrograms::someSteps),
				map("map-that-waits", nested(2), BatchPrograms::waiting),
				map("map-of-callbacks", nested(2), BatchPrograms::callback),
				map("map-of-retries", nested(ALL), BatchPrograms::retrying),
				map("map-with-failures", nested(2), BatchPrograms::failing),
				map("large-items", nested(2), BatchPrograms::large), CrashProgram.of("named-map", BatchPrograms::named),
				CrashProgram.of("async-maps", BatchPrograms::asyncMaps),
				CrashProgram.of("parallel", (context, probe) -> mixed(context, probe, nested(ALL))),
				CrashProgram.of("parallel-two-by-two", (context, probe) -> mixed(context, probe, nested(2))),
				CrashProgram.of("map-in-parallel", BatchPrograms::mapInParallel),
				CrashProgram.of("flat-map-in-map", BatchPrograms::flatInNested));
	}

	static BatchOptions nested(int maxConcurrency) {
		return options(maxConcurrency, NestingType.NESTED);
	}

	static BatchOptions flat(int maxConcurrency) {
		return options(maxConcurrency, NestingType.FLAT);
	}

	private static BatchOptions options(int maxConcurrency, NestingType nesting) {
		return BatchOptions.builder().nesting(nesting).maxConcurrency(maxConcurrency).build();
	}

	private static CrashProgram map(String name, BatchOptions options, Item item) {
		return CrashProgram.of(name, (context, probe) -> {
			MapFunction<Integer, String, RuntimeException> function = (child, value, index) -> item.run(child, probe,
					value);
			BatchResult<String> result = context.map("items", ITEMS, TEXT, options, function);
			return describe(result) + context.step("after", String.class, (step) -> probe.run(step, "after"));
		});
	}

	/** Everything that must be the same in each run; large results by their length. */
	static String describe(BatchResult<String> result) {
		return result.completionReason() + " "
				+ result.items()
					.stream()
					.map((item) -> "%d %s %s %s %s; ".formatted(item.index(), item.name(), item.status(),
							shorten(item.result()), (item.error() != null) ? item.error().errorType() : "fine"))
					.toList();
	}

	private static @Nullable String shorten(@Nullable String result) {
		return (result != null && result.length() > 1_000) ? result.length() + " characters" : result;
	}

	private static String someSteps(DurableContext child, Probe probe, int item) {
		int first = child.step("first", Integer.class, (step) -> probe.run(step, item));
		return first + child.step("second", String.class, (step) -> probe.run(step, "second " + item));
	}

	/** The higher the item, the sooner it goes on. */
	private static String waiting(DurableContext child, Probe probe, int item) {
		String before = child.step("before", String.class, (step) -> probe.run(step, "before " + item));
		child.wait("pause", Duration.ofSeconds(20 - item));
		return before + child.step("after", String.class, (step) -> probe.run(step, "after " + item));
	}

	private static String callback(DurableContext child, Probe probe, int item) {
		BodyListener.Answer answer = (item == 8) ? BodyListener.Answer.FAIL : BodyListener.Answer.SUCCEED;
		return OutsidePrograms.awaitCallback(child, probe, answer, CallbackOptions.defaults()) + item;
	}

	private static String retrying(DurableContext child, Probe probe, int item) {
		return child.step("flaky", String.class, StepPrograms.RETRIED,
				(step) -> probe.runAfter(step, item - 7, "flaky " + item));
	}

	private static String failing(DurableContext child, Probe probe, int item) {
		String before = child.step("before", String.class, (step) -> probe.run(step, "before " + item));
		if (item == 8) {
			throw new UnsupportedOperationException("Not supported, as expected");
		}
		return before + child.step("after", String.class, StepPrograms.ONCE,
				(step) -> probe.runAfter(step, (item == 9) ? 1 : 0, "after " + item));
	}

	private static String large(DurableContext child, Probe probe, int item) {
		int size = child.step("size", Integer.class, (step) -> probe.run(step, HALF_LARGE * (item - 6)));
		child.wait("inside", PAUSE);
		return "x".repeat(size);
	}

	private static String nothing(DurableContext context, Probe probe) {
		BatchResult<String> map = context.map("nothing", List.<Integer>of(), String.class,
				(child, item, index) -> someSteps(child, probe, item));
		BatchResult<String> parallel = context.parallel("nothing", List.of(), String.class);
		context.wait("pause", PAUSE);
		return describe(map) + describe(parallel);
	}

	private static String named(DurableContext context, Probe probe) {
		BatchOptions options = BatchOptions.builder()
			.<Integer>itemNamer((item, index) -> "item-" + item)
			.maxConcurrency(2)
			.build();
		return describe(context.map("items", ITEMS, TEXT, options,
				(DurableContext child, Integer item, int index) -> waiting(child, probe, item)));
	}

	private static String asyncMaps(DurableContext context, Probe probe) {
		MapFunction<Integer, String, RuntimeException> function = (child, item, index) -> waiting(child, probe, item);
		DurableFuture<BatchResult<String>> left = context.mapAsync("left", ITEMS, TEXT, nested(1), function);
		DurableFuture<BatchResult<String>> right = context.mapAsync("right", ITEMS, TEXT, nested(ALL), function);
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		return meanwhile + describe(left.get()) + describe(right.get());
	}

	/** Each branch suspends, or fails, in its own way. */
	private static String mixed(DurableContext context, Probe probe, BatchOptions options) {
		BatchResult<String> result = context
			.parallel("branches", List.of(ParallelBranch.of("waits", (child) -> waiting(child, probe, 7)),
					ParallelBranch.of("calls back", (child) -> callback(child, probe, 8)),
					ParallelBranch.of("fails", (child) -> failing(child, probe, 8)),
					ParallelBranch.of((child) -> retrying(child, probe, 9)),
					ParallelBranch.of("invokes", (child) -> child.invoke("call", "invoked", "input", String.class))),
					TEXT, options);
		return describe(result) + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String mapInParallel(DurableContext context, Probe probe) {
		BatchResult<String> result = context.parallel("branches", List.of(
				ParallelBranch.of("map",
						(child) -> describe(child.map("items", ITEMS, TEXT, nested(2),
								(DurableContext inner, Integer item, int index) -> waiting(inner, probe, item)))),
				ParallelBranch.of("step", (child) -> retrying(child, probe, 8))), TEXT, nested(ALL));
		return describe(result);
	}

	private static String flatInNested(DurableContext context, Probe probe) {
		BatchResult<String> result = context.map("outer", List.of(1, 2), TEXT, nested(ALL),
				(DurableContext child, Integer outer, int index) -> describe(child.map("inner", ITEMS, TEXT, flat(2),
						(DurableContext inner, Integer item, int at) -> waiting(inner, probe, item + outer))));
		return describe(result);
	}

	/** What is done with an item. */
	private interface Item {

		String run(DurableContext child, Probe probe, int item);

	}

}
