package dev.durable.conformance;

import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class LogExpectationTests {

	private static final List<JsonNode> ENTRIES = StreamSupport.stream(Samples.yaml("""
			- {message: start of abc}
			- {plugin: P, hook: start, first: true, n: 1}
			- {message: work}
			- {plugin: P, hook: end, first: true, error: null}
			- {message: work}
			""").spliterator(), false).toList();

	private final Variables variables = new Variables();

	private List<String> check(String expected) {
		return new LogExpectation(this.variables, ENTRIES).check(Samples.yaml(expected));
	}

	@Test
	void entriesAreCountedByText() {
		assertThat(check("{match: {message: '/work/'}, count: 2}")).isEmpty();
		assertThat(check("{match: {message: '/work/'}, count: 1}")).hasSize(1);
		assertThat(check("{match: {message: '/wor$/'}, count: 0}")).isEmpty();
	}

	@Test
	void entriesAreCountedByFields() {
		assertThat(check("{match: {plugin: P, first: true}, count: 2}")).isEmpty();
		assertThat(check("{match: {plugin: P, n: '/^[0-9]$/'}, count: 1}")).isEmpty();
		assertThat(check("{match: {plugin: P, first: false}, count: 0}")).isEmpty();
		assertThat(check("{match: {plugin: P, hook: start}, count: 0}")).hasSize(1);
	}

	@Test
	void fieldThatIsAbsentOrNullMatchesNothing() {
		assertThat(check("{match: {hook: end, error: '/.*/'}, count: 0}")).isEmpty();
		assertThat(check("{match: {hook: start, error: '/.*/'}, count: 0}")).isEmpty();
	}

	@Test
	void atLeastOneEntryIsExpectedUnlessACountIsGiven() {
		assertThat(check("{match: {message: '/nothing/'}}")).hasSize(1);
		assertThat(check("{match: {message: '/work/'}, min_count: 2}")).isEmpty();
		assertThat(check("{match: {message: '/work/'}, min_count: 3}")).hasSize(1);
	}

	@Test
	void orderIsChecked() {
		assertThat(check("{match: {hook: end}, count: 1, after: [{hook: start}, {message: '/start/'}]}")).isEmpty();
		assertThat(check("{match: {hook: start}, count: 1, after: [{hook: end}]}")).hasSize(1);
		assertThat(check("{match: {message: '/work/'}, count: 2, after: [{hook: end}]}")).hasSize(1);
		assertThat(check("{match: {hook: end}, count: 1, after: [{hook: other}]}")).hasSize(1);
	}

	@Test
	void variablesAreReplaced() {
		this.variables.bind("INPUT", Json.tree("abc"));
		assertThat(check("{match: {message: '/of ${INPUT}/'}, count: 1}")).isEmpty();
		this.variables.bind("HOOK", Json.tree("end"));
		assertThat(check("{match: {hook: '${HOOK}'}, count: 1}")).isEmpty();
	}

}
