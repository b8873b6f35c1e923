package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.Jitter;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.WaitStrategy;
import dev.durable.engine.FunctionBody;

/**
 * Programs with branches that wait, one below the other. Only time decides who is first.
 */
final class BranchPrograms {

	private static final RetryStrategy THRICE = RetryStrategy.backoff()
		.maxAttempts(3)
		.initialDelay(Duration.ofSeconds(2))
		.jitter(Jitter.NONE)
		.build();

	private BranchPrograms() {
	}

	static Map<String, FunctionBody> all() {
		Map<String, FunctionBody> programs = new LinkedHashMap<>();
		programs.put("waits", (context, input) -> waits(context, BatchOptions.defaults()));
		programs.put("waits, flat", (context, input) -> waits(context, flat()));
		programs.put("waits, two at once", (context, input) -> waits(context, atOnce(2)));
		programs.put("waits, one at once", (context, input) -> waits(context, atOnce(1)));
		programs.put("batches in batches", (context, input) -> nested(context, BatchOptions.defaults()));
		programs.put("batches in batches, flat", (context, input) -> nested(context, flat()));
		programs.put("batches in batches, one at once", (context, input) -> nested(context, atOnce(1)));
		programs.put("retries", (context, input) -> retries(context));
		programs.put("asynchronous operations in branches", (context, input) -> async(context));
		programs.put("first of several in branches", (context, input) -> first(context));
		programs.put("conditions and retried groups", (context, input) -> conditions(context));
		programs.put("ends early", (context, input) -> early(context));
		programs.put("ends early with branches below", (context, input) -> earlyNested(context));
		programs.put("large results", (context, input) -> large(context));
		programs.put("batches beside each other", (context, input) -> beside(context));
		return programs;
	}

	private static BatchOptions flat() {
		return BatchOptions.builder().nesting(NestingType.FLAT).build();
	}

	private static BatchOptions atOnce(int maxConcurrency) {
		return BatchOptions.builder().maxConcurrency(maxConcurrency).build();
	}

	private static BatchOptions ending(CompletionConfig completion) {
		return BatchOptions.builder().completion(completion).build();
	}

	private static String step(DurableContext context, String result) {
		return context.step("step", String.class, (step) -> result);
	}

	private static Object waits(DurableContext context, BatchOptions options) {
		return context.map("map", List.of(5, 1, 4, 2, 3, 1), String.class, options, (child, seconds, index) -> {
			String before = step(child, "b" + index);
			child.wait("short", Duration.ofSeconds(seconds));
			String between = step(child, "m" + seconds);
			child.wait("long", Duration.ofSeconds(10L - seconds));
			return before + between + step(child, "a");
		}).results();
	}

	private static Object nested(DurableContext context, BatchOptions options) {
		return context.map("outer", List.of(1, 2, 3), String.class, options, (child, outer, index) -> {
			step(child, "before");
			BatchResult<String> inner = child.map("middle", List.of(10, 20), String.class, options,
					(grandchild, middle, place) -> {
						grandchild.wait("pause", Duration.ofSeconds(outer + middle));
						List<ParallelBranch<Integer>> leaves = List.of(leaf(1), leaf(2), leaf(1));
						return grandchild.parallel("leaves", leaves, Integer.class, options).results() + "/"
								+ step(grandchild, outer + "." + middle);
					});
			child.wait("after", Duration.ofSeconds(1));
			return inner.results() + step(child, "after");
		}).results();
	}

	private static ParallelBranch<Integer> leaf(int seconds) {
		return ParallelBranch.of("leaf", (child) -> {
			child.wait("nap", Duration.ofSeconds(seconds));
			return child.step("count", Integer.class, (step) -> seconds * 100);
		});
	}

	private static Object retries(DurableContext context) {
		BatchResult<Integer> result = context.map("map", List.of(1, 2, 3, 4), Integer.class, (child, needed,
				index) -> child.step("unstable", Integer.class, StepOptions.defaults().withRetry(THRICE), (step) -> {
					if (step.attempt() < needed) {
						throw new IllegalStateException("attempt " + step.attempt());
					}
					return step.attempt();
				}));
		return result.results() + " " + result.errors().get(0).errorMessage() + " " + result.completionReason();
	}

	private static Object async(DurableContext context) {
		return context.map("map", List.of(3, 1, 2), String.class, (child, seconds, index) -> {
			DurableFuture<String> step = child.stepAsync("async", String.class, (any) -> "s" + index);
			DurableFuture<String> group = child.runInChildContextAsync("group", String.class, (grandchild) -> {
				grandchild.wait("nap", Duration.ofSeconds(seconds));
				return step(grandchild, "g" + seconds);
			});
			DurableFuture<Void> pause = child.waitAsync("pause", Duration.ofSeconds(2));
			pause.get();
			return step.get() + group.get() + step(child, "end");
		}).results();
	}

	private static Object first(DurableContext context) {
		return context.map("map", List.of(1, 2), String.class, (child, index, place) -> {
			List<DurableFuture<String>> futures = new ArrayList<>();
			for (int seconds : new int[] { 5, 2 + index, 9 }) {
				futures.add(child.runInChildContextAsync("runner", String.class, (grandchild) -> {
					grandchild.wait("run", Duration.ofSeconds(seconds));
					return step(grandchild, "after " + seconds);
				}));
			}
			String winner = child.anyOf("race", futures).get();
			child.wait("rest", Duration.ofSeconds(20));
			return winner + DurableFuture.allOf(futures);
		}).results();
	}

	private static Object conditions(DurableContext context) {
		ConditionOptions<Integer> options = ConditionOptions.of(0,
				WaitStrategy.<Integer>until((state) -> state >= 3).fixedDelay(Duration.ofSeconds(4)).build());
		return context.map("map", List.of(1, 2), String.class, (child, item, index) -> {
			Integer met = child.waitForCondition("condition", Integer.class, options, (state, step) -> state + item);
			String retried = child.withRetry("group", THRICE, (group, attempt) -> {
				group.wait("inside", Duration.ofSeconds(item));
				String done = step(group, "try " + attempt);
				if (attempt < 2) {
					throw new IllegalStateException("again");
				}
				return done;
			});
			return met + retried;
		}).results();
	}

	private static Object early(DurableContext context) {
		BatchResult<Integer> result = context.map("map", List.of(9, 2, 50, 4, 60), Integer.class,
				ending(CompletionConfig.minSuccessful(2)), (child, seconds, index) -> {
					child.wait("run", Duration.ofSeconds(seconds));
					return child.step("arrive", Integer.class, (step) -> seconds);
				});
		context.wait("after", Duration.ofSeconds(100));
		return result.results() + " " + result.started().size() + " " + result.completionReason();
	}

	private static Object earlyNested(DurableContext context) {
		BatchResult<String> result = context.map("outer", List.of(1, 40), String.class,
				ending(CompletionConfig.firstSuccessful()), (child, seconds, index) -> {
					BatchResult<Integer> inner = child.parallel("inner", List.of(leaf(seconds), leaf(seconds + 1)),
							Integer.class);
					return inner.results() + step(child, "end");
				});
		context.wait("after", Duration.ofSeconds(100));
		return result.results() + " " + result.started().size() + " " + result.completionReason();
	}

	private static Object large(DurableContext context) {
		BatchResult<String> result = context.map("map", List.of(1, 2, 3), String.class, (child, seconds, index) -> {
			String letter = step(child, String.valueOf((char) ('a' + index)));
			child.wait("pause", Duration.ofSeconds(seconds));
			return letter.repeat(120_000 * seconds);
		});
		context.wait("after", Duration.ofSeconds(5));
		return result.results().stream().map((text) -> text.charAt(0) + "" + text.length()).toList();
	}

	private static Object beside(DurableContext context) {
		DurableFuture<BatchResult<Integer>> left = context.parallelAsync("left", List.of(leaf(3), leaf(1)),
				TypeRef.of(Integer.class), BatchOptions.defaults());
		DurableFuture<BatchResult<Integer>> right = context.mapAsync("right", List.of(2, 4), TypeRef.of(Integer.class),
				BatchOptions.defaults(), (child, seconds, index) -> {
					child.wait("nap", Duration.ofSeconds(seconds));
					return seconds;
				});
		return right.get().results() + "" + left.get().results();
	}

}
