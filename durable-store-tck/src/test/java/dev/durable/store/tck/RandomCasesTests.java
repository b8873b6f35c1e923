package dev.durable.store.tck;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RandomCasesTests {

	private static final long SEED = 42;

	@Test
	void programWhenTheSeedIsTheSameIsTheSame() {
		assertThat(RandomCases.program(SEED)).isEqualTo(RandomCases.program(SEED))
			.hasToString(RandomCases.program(SEED).toString());
		assertThat(RandomCases.program(SEED)).isNotEqualTo(RandomCases.program(SEED + 1));
	}

	@Test
	void crashesWhenTheSeedIsTheSameAreTheSame() {
		assertThat(RandomCases.crashes(SEED, 20)).isEqualTo(RandomCases.crashes(SEED, 20));
		assertThat(LongStream.range(0, 10).mapToObj((seed) -> RandomCases.crashes(seed, 20)).distinct())
			.hasSizeGreaterThan(5);
	}

	@Test
	void crashesWhenAProgramHasAppendsHitOneOfThemFirst() {
		assertThat(LongStream.range(0, 200).mapToObj((seed) -> RandomCases.crashes(seed, 7)))
			.allSatisfy((crashes) -> assertThat(crashes.get(0).append()).isBetween(1, 7))
			.anySatisfy((crashes) -> assertThat(crashes).hasSize(1))
			.anySatisfy((crashes) -> assertThat(crashes).hasSize(4));
	}

	@Test
	void programsWhenThereAreManyContainEveryKindOfStatement() {
		List<String> kinds = List.of("step", "once", "odd", "pause", "callback", "submitted", "condition", "invoke",
				"seq", "attempt", "child", "largeChild", "async", "retry", "parallel", "map", "race", "anyOf");
		assertThat(LongStream.range(0, 500)
			.mapToObj((seed) -> RandomCases.program(seed).toString())
			.flatMap((text) -> Pattern.compile("(\\w+)\\(").matcher(text).results())
			.map((MatchResult result) -> result.group(1))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
			.containsKeys(kinds.toArray(new String[0]));
	}

}
