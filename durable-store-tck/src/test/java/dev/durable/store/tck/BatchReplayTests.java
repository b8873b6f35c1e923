package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionReason;
import dev.durable.DurableContext;
import dev.durable.ExecutionHandle;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a map or parallel returns the first time is what it returns on every replay. */
class BatchReplayTests {

	/** More than a checkpoint may hold. */
	private static final int LARGE = 270_000;

	private static final ValueCodec<Line> LINES = ValueCodec.of((line) -> line.text() + "|" + line.size(),
			(text) -> new Line("decoded " + text.substring(0, text.indexOf('|')),
					Integer.parseInt(text.substring(text.indexOf('|') + 1))));

	private static final ValueCodec<BatchResult<Line>> SUCCEEDED_ONLY = ValueCodec
		.of((result) -> String.valueOf(result.successCount()), (text) -> new BatchResult<>(List.of(),
				"3".equals(text) ? CompletionReason.ALL_COMPLETED : CompletionReason.CONDITION_MET));

	private final EngineFixture engine = new EngineFixture();

	private final AtomicInteger steps = new AtomicInteger();

	private final AtomicInteger bodies = new AtomicInteger();

	record Line(String text, int size) {
	}

	/** Options, the size of an item, whether branches run again on replay. */
	static Stream<Arguments> kinds() {
		return Stream.of(Arguments.of("plain", BatchOptions.builder(), 10, false),
				Arguments.of("flat", BatchOptions.builder().nesting(NestingType.FLAT), 10, false),
				Arguments.of("one at once", BatchOptions.builder().maxConcurrency(1), 10, false),
				Arguments.of("item codec", BatchOptions.builder().itemCodec(LINES), 10, false),
				Arguments.of("item codec, flat", BatchOptions.builder().itemCodec(LINES).nesting(NestingType.FLAT), 10,
						false),
				Arguments.of("operation codec", BatchOptions.builder().codec(SUCCEEDED_ONLY), 10, false),
				Arguments.of("both codecs", BatchOptions.builder().codec(SUCCEEDED_ONLY).itemCodec(LINES), 10, false),
				Arguments.of("large together", BatchOptions.builder(), LARGE / 3, false),
				Arguments.of("large together, flat", BatchOptions.builder().nesting(NestingType.FLAT), LARGE / 3, true),
				Arguments.of("large together, item codec", BatchOptions.builder().itemCodec(LINES), LARGE / 3, false),
				Arguments.of("large branches", BatchOptions.builder(), LARGE, true),
				Arguments.of("large branches, flat", BatchOptions.builder().nesting(NestingType.FLAT), LARGE, true),
				Arguments.of("large branches, one at once", BatchOptions.builder().maxConcurrency(1), LARGE, true));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void mapReturnsTheSameOnReplay(String name, BatchOptions.Builder options, int size, boolean rebuilt) {
		this.engine.function("same", (context, input) -> {
			BatchResult<Line> result = context.map("map", List.of("a", "b", "fails", "null", "c"), Line.class,
					options.build(), (child, item, index) -> line(child, item, size));
			this.engine.log.add(result.toString());
			context.wait("pause", Duration.ofMinutes(1));
			return null;
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("same", null);
		int before = this.bodies.get();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isNull();
		assertThat(this.engine.log).hasSize(2);
		assertThat(this.engine.log.get(0)).isEqualTo(this.engine.log.get(1));
		assertThat(this.steps).as("steps run once").hasValue(5);
		assertThat(this.bodies.get() > before).as("rebuilt from the branches").isEqualTo(rebuilt);
	}

	private Line line(DurableContext child, String item, int size) {
		this.bodies.incrementAndGet();
		int done = child.step("work", Integer.class, StepOptions.defaults().withRetry(RetryStrategy.none()), (step) -> {
			this.steps.incrementAndGet();
			if (item.equals("fails")) {
				throw new IllegalArgumentException("no " + item);
			}
			return 1;
		});
		return item.equals("null") ? null : new Line(item.repeat(size), done);
	}

	@Test
	void resultOfAnItemIsWhatItsCodecReadsAlsoTheFirstTime() {
		this.engine.function("decoded", (context, input) -> {
			BatchResult<Line> result = context.map("map", List.of(7), Line.class,
					BatchOptions.builder().itemCodec(LINES).build(), (child, item, index) -> new Line("x", item));
			return result.items().get(0).result().text();
		}).start();
		// once by the branch, once by the map that holds it
		assertThat(this.engine.result(this.engine.run("decoded", null))).isEqualTo("decoded decoded x");
	}

	@Test
	void branchWhoseResultAloneIsTooLargeIsRebuiltAndTheOthersAreNot() {
		AtomicInteger small = new AtomicInteger();
		AtomicInteger large = new AtomicInteger();
		this.engine.function("mixed", (context, input) -> {
			List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("small", (child) -> {
				small.incrementAndGet();
				return child.step("s", String.class, (step) -> "small");
			}), ParallelBranch.of("large", (child) -> {
				large.incrementAndGet();
				return child.step("s", String.class, (step) -> "x").repeat(LARGE);
			}));
			List<String> results = context.parallel("parallel", branches, String.class).results();
			this.engine.log.add(results.get(0) + results.get(1).length());
			context.wait("pause", Duration.ofMinutes(1));
			return null;
		}).start();
		this.engine.run("mixed", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.log).containsExactly("small" + LARGE, "small" + LARGE);
		assertThat(small).as("its recorded result is read").hasValue(1);
		assertThat(large).hasValue(2);
	}

	@Test
	void nestedBatchesReturnTheSameOnReplay() {
		for (NestingType nesting : NestingType.values()) {
			for (int size : new int[] { 1, LARGE / 4, LARGE }) {
				nestedBatches(nesting, size);
			}
		}
	}

	private void nestedBatches(NestingType nesting, int size) {
		EngineFixture fresh = new EngineFixture();
		BatchOptions options = BatchOptions.builder().nesting(nesting).build();
		fresh.function("nested", (context, input) -> {
			BatchResult<List<String>> result = context.map("outer", List.of(1, 2), new TypeRef<List<String>>() {
			}, options, (child, outer, index) -> child
				.map("inner", List.of(1, 2, 3), String.class, options,
						(grandchild, inner, place) -> grandchild.step("s", String.class, (step) -> outer + "." + inner)
							.repeat((inner == 3) ? size : 1))
				.results());
			fresh.log.add(result.toString());
			context.wait("pause", Duration.ofMinutes(1));
			return null;
		}).start();
		ExecutionHandle<Object> handle = fresh.run("nested", null);
		fresh.advance(Duration.ofMinutes(1));
		assertThat(fresh.result(handle)).isNull();
		assertThat(fresh.log).hasSize(2);
		assertThat(fresh.log.get(0)).as("%s, %d", nesting, size).isEqualTo(fresh.log.get(1)).contains("1.1", "2.3");
		fresh.engine().stop();
	}

	@Test
	void emptyMapHasNoItemsAndIsRecorded() {
		this.engine.function("empty", (context, input) -> {
			BatchResult<String> result = context.map("map", List.of(), String.class, (child, item, index) -> "never");
			this.engine.log.add(result.toString());
			context.wait("pause", Duration.ofMinutes(1));
			return result.completionReason().name();
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("empty", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo("ALL_COMPLETED");
		assertThat(this.engine.log).hasSize(2).allMatch(this.engine.log.get(0)::equals);
	}

	@Test
	void listOfItemsThatChangesWhileBranchesRunDoesNotMatter() {
		this.engine.function("copied", (context, input) -> {
			List<Integer> items = new ArrayList<>(List.of(1, 2, 3));
			return context.map("map", items, Integer.class, (child, item, index) -> {
				items.clear();
				return item;
			}).results();
		}).start();
		assertThat(this.engine.result(this.engine.run("copied", null))).isEqualTo(List.of(1, 2, 3));
	}

}
