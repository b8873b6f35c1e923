package dev.durable.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each requirement in {@code -Dconformance.requirements}. */
@EnabledIf(value = "requirementsAreGiven", disabledReason = ConformanceTests.SKIPPED)
class ConformanceTests {

	private static final String DIRECTORY = "conformance.requirements";

	static final String SKIPPED = "conformance: skipped, because -Dconformance.requirements=<directory> is not set";

	private static List<Requirement> requirements = List.of();

	private static Conformance conformance;

	static boolean requirementsAreGiven() {
		boolean given = !System.getProperty(DIRECTORY, "").isBlank();
		if (!given) {
			System.out.println(SKIPPED);
		}
		return given;
	}

	@BeforeAll
	static void open() {
		String directory = System.getProperty(DIRECTORY, "");
		requirements = new Requirements(Path.of(directory)).select(System.getProperty("conformance.suite", ""),
				System.getProperty("conformance.ids", ""));
		conformance = new Conformance(System.getProperty("conformance.store", "h2"),
				Path.of(System.getProperty("conformance.output", "target/conformance")), System.out::println);
	}

	@AfterAll
	static void close() {
		if (conformance != null) {
			System.out.println(conformance.summary());
			conformance.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> requirement() {
		assertThat(requirements).as("requirements that were chosen").isNotEmpty();
		return requirements.stream().map((requirement) -> DynamicTest.dynamicTest(requirement.toString(), () -> {
			Verdict verdict = conformance.run(requirement);
			assertThat(verdict.differences()).as(requirement.toString()).isEmpty();
		}));
	}

}
