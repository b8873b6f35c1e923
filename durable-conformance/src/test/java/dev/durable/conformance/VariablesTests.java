package dev.durable.conformance;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VariablesTests {

	@Test
	void generatedTextHasTheLengthThatIsAskedFor() {
		Variables variables = Variables.of(Samples.yaml("{A: '${GEN_STR:8}', B: 'x-${GEN_STR:3}', C: 5}"));
		assertThat(variables.resolve(Samples.yaml("'${A}'")).asString()).matches("[a-z0-9]{8}");
		assertThat(variables.text("${B}")).matches("x-[a-z0-9]{3}");
		assertThat(variables.resolve(Samples.yaml("'${C}'")).isNumber()).isTrue();
	}

	@Test
	void templateIsResolvedEverywhere() {
		Variables variables = new Variables();
		variables.bind("A", Json.tree("a"));
		assertThat(variables.resolve(Samples.yaml("{x: ['${A}', '<${A}>', '${B}', 1], y: {z: '${A}'}}")))
			.isEqualTo(Samples.yaml("{x: [a, <a>, '${B}', 1], y: {z: a}}"));
	}

}
