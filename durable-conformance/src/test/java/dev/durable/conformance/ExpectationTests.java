package dev.durable.conformance;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectationTests {

	private final Variables variables = new Variables();

	private List<String> compare(String expected, @Nullable String actual) {
		List<String> differences = new ArrayList<>();
		JsonNode value = (actual != null) ? Samples.yaml(actual) : null;
		new Expectation(this.variables, differences).compare("it", Samples.yaml(expected), value);
		return differences;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"*"              | 5
			"*"              | {a: 1}
			{}               | text
			{}               | {a: 1}
			{a: 1}           | {a: 1, b: 2}
			{a: {b: '*'}}    | {a: {b: null}}
			1                | 1.0
			[1, {a: 2}]      | [1, {a: 2, b: 3}]
			null             | null
			'${/^[0-5]$/}'   | 3
			'${/Error$/}'    | my.TransientError
			'${/b/}'         | abc
			true             | true
			""")
	void valueThatFitsMatches(String expected, String actual) {
		assertThat(compare(expected, actual)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1                | 2
			1                | '"1"'
			text             | other
			text             | Text
			true             | false
			null             | 0
			{a: 1}           | {a: 2}
			{a: '*'}         | {b: 1}
			{a: {}}          | {b: 1}
			{a: 1}           | text
			[1, 2]           | [1]
			[1, 2]           | [1, 3]
			'${/^[0-5]$/}'   | 6
			'${/^abc$/}'     | abcd
			""")
	void valueThatDoesNotFitIsTold(String expected, String actual) {
		assertThat(compare(expected, actual)).hasSize(1).first().asString().startsWith("it").contains("expected");
	}

	@Test
	void absentValueMatchesOnlyNull() {
		assertThat(compare("null", null)).isEmpty();
		assertThat(compare("'*'", null)).containsExactly("it: expected \"*\" but was nothing");
	}

	@Test
	void variableBindsOnFirstUseAndMustBeEqualAfterwards() {
		assertThat(compare("{a: '${ID}', b: '${ID}'}", "{a: x, b: x}")).isEmpty();
		assertThat(compare("'${ID}'", "x")).isEmpty();
		assertThat(compare("'${ID}'", "y")).containsExactly("it: expected \"x\" but was \"y\"");
	}

	@Test
	void variableInsideATextIsReplaced() {
		this.variables.bind("NAME", Json.tree("Ann"));
		assertThat(compare("Hello, ${NAME}!", "Hello, Ann!")).isEmpty();
		assertThat(compare("Hello, ${NAME}!", "Hello, Bob!")).hasSize(1);
		assertThat(compare("Hello, ${OTHER}!", "Hello, Bob!")).hasSize(1);
	}

	@Test
	void everyDifferenceIsToldWithItsPlace() {
		assertThat(compare("{a: {b: 1}, c: [2]}", "{a: {b: 3}, c: [4]}"))
			.containsExactly("it.a.b: expected 1 but was 3", "it.c[0]: expected 2 but was 4");
	}

}
