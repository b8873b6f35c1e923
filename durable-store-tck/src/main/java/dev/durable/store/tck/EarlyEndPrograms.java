package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;

/**
 * Programs of map and parallel that end before all of their branches have.
 * <p>
 * Which branches have begun or ended by then would depend on threads and on the time that
 * a takeover costs. Here it does not: the branch that decides waits at a gate, which
 * opens when nothing else can happen any more, and the branches that are left wait for
 * callbacks that nobody completes. Flat branches leave no record of their end, so there
 * the end must depend on all branches that can end.
 */
final class EarlyEndPrograms {

	private static final List<Integer> ITEMS = List.of(0, 1, 2, 3);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private EarlyEndPrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(
				CrashProgram.of("map-until-two",
						(context, probe) -> map(context, probe, NestingType.NESTED, BatchPrograms.ALL,
								CompletionConfig.minSuccessful(2))),
				CrashProgram.of("flat-map-until-two",
						(context, probe) -> map(context, probe, NestingType.FLAT, BatchPrograms.ALL,
								CompletionConfig.minSuccessful(2))),
				CrashProgram.of("map-until-two-one-by-one",
						(context, probe) -> map(context, probe, NestingType.NESTED, 1,
								CompletionConfig.minSuccessful(2))),
				CrashProgram.of("map-until-condition",
						(context, probe) -> map(context, probe, NestingType.NESTED, 2, untilTwo())),
				CrashProgram.of("parallel-fail-fast", (context, probe) -> failFast(context, probe, BatchPrograms.ALL)),
				CrashProgram.of("parallel-fail-fast-one-by-one", (context, probe) -> failFast(context, probe, 1)),
				CrashProgram.of("flat-map-until-condition",
						(context, probe) -> map(context, probe, NestingType.FLAT, 2, untilTwo())),
				CrashProgram.of("first-successful", EarlyEndPrograms::firstSuccessful),
				CrashProgram.of("early-end-in-early-end", EarlyEndPrograms::nested));
	}

	private static CompletionConfig untilTwo() {
		return CompletionConfig.builder().endWhen((progress) -> progress.succeeded() + progress.failed() == 2).build();
	}

	private static BatchOptions options(NestingType nesting, int maxConcurrency, CompletionConfig completion) {
		return BatchOptions.builder().nesting(nesting).maxConcurrency(maxConcurrency).completion(completion).build();
	}

	/**
	 * Item 0 succeeds by itself, item 1 when nothing else can happen, the others never.
	 */
	private static String map(DurableContext context, Probe probe, NestingType nesting, int maxConcurrency,
			CompletionConfig completion) {
		String result = BatchPrograms
			.describe(context.map("items", ITEMS, BatchPrograms.TEXT, options(nesting, maxConcurrency, completion),
					(DurableContext child, Integer item, int index) -> switch (item) {
						case 0 -> paused(child, probe);
						case 1 -> gate(child, probe, 1);
						default -> never(child, probe);
					}));
		context.wait("pause", PAUSE);
		return result + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String failFast(DurableContext context, Probe probe, int maxConcurrency) {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("ends", (child) -> paused(child, probe)),
				ParallelBranch.of("fails", (child) -> {
					throw new UnsupportedOperationException(gate(child, probe, 1));
				}), ParallelBranch.of("waits", (child) -> never(child, probe)),
				ParallelBranch.of("waits too", (child) -> never(child, probe)));
		String result = BatchPrograms.describe(context.parallel("branches", branches, BatchPrograms.TEXT,
				options(NestingType.NESTED, maxConcurrency, CompletionConfig.failFast())));
		return result + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String firstSuccessful(DurableContext context, Probe probe) {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("fails", (child) -> {
			throw new UnsupportedOperationException("Not supported, as expected");
		}), ParallelBranch.of("waits", (child) -> never(child, probe)),
				ParallelBranch.of("succeeds", (child) -> gate(child, probe, 1)));
		return BatchPrograms.describe(context.parallel("branches", branches, BatchPrograms.TEXT,
				options(NestingType.NESTED, BatchPrograms.ALL, CompletionConfig.firstSuccessful())));
	}

	/** The inner one ends before the outer one, which leaves nothing else to happen. */
	private static String nested(DurableContext context, Probe probe) {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("inner", (child) -> {
			String inner = BatchPrograms.describe(child.parallel("inner",
					List.of(ParallelBranch.of((deep) -> never(deep, probe)),
							ParallelBranch.of((deep) -> gate(deep, probe, 2))),
					BatchPrograms.TEXT,
					options(NestingType.NESTED, BatchPrograms.ALL, CompletionConfig.firstSuccessful())));
			return inner + never(child, probe);
		}), ParallelBranch.of("decides", (child) -> gate(child, probe, 1)));
		String result = BatchPrograms.describe(context.parallel("outer", branches, BatchPrograms.TEXT,
				options(NestingType.NESTED, BatchPrograms.ALL, CompletionConfig.firstSuccessful())));
		context.wait("pause", PAUSE);
		return result;
	}

	private static String paused(DurableContext child, Probe probe) {
		child.wait("pause", PAUSE);
		return child.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String gate(DurableContext child, Probe probe, int depth) {
		return RetryPrograms.gate(child, probe, "gate", depth).get();
	}

	private static String never(DurableContext child, Probe probe) {
		child.step("before", String.class, StepPrograms.RETRIED, (step) -> probe.runAfter(step, 1, "before"));
		return child.createCallback("never", String.class).get();
	}

}
