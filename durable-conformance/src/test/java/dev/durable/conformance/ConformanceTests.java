package dev.durable.conformance;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One test for each requirement in {@code -Dconformance.requirements} and each store in
 * {@code -Dconformance.store}.
 */
@EnabledIf(value = "requirementsAreGiven", disabledReason = ConformanceTests.SKIPPED)
class ConformanceTests {

	private static final String DIRECTORY = "conformance.requirements";

	static final String SKIPPED = "conformance: skipped, because -Dconformance.requirements=<directory> is not set";

	static boolean requirementsAreGiven() {
		boolean given = !System.getProperty(DIRECTORY, "").isBlank();
		if (!given) {
			System.out.println(SKIPPED);
		}
		return given;
	}

	@TestFactory
	Stream<DynamicNode> store() {
		List<Requirement> requirements = new Requirements(Path.of(System.getProperty(DIRECTORY, "")))
			.select(System.getProperty("conformance.suite", ""), System.getProperty("conformance.ids", ""));
		assertThat(requirements).as("requirements that were chosen").isNotEmpty();
		return Arrays.stream(System.getProperty("conformance.store", "h2").split(","))
			.map(String::strip)
			.map((store) -> DynamicContainer.dynamicContainer(store, tests(store, requirements)));
	}

	private static Stream<DynamicTest> tests(String store, List<Requirement> requirements) {
		StoreRun run = new StoreRun(store, requirements);
		return requirements.stream().map((requirement) -> DynamicTest.dynamicTest(requirement.toString(), () -> {
			Verdict verdict = run.verdict(requirement);
			assertThat(verdict.differences()).as(requirement.toString()).isEmpty();
		})).onClose(run::close);
	}

	/** The requirements on one store, whose server runs while they do. */
	private static final class StoreRun {

		private final String store;

		private final List<Requirement> requirements;

		private @Nullable Conformance conformance;

		private @Nullable Lanes lanes;

		StoreRun(String store, List<Requirement> requirements) {
			this.store = store;
			this.requirements = requirements;
		}

		Verdict verdict(Requirement requirement) {
			Lanes current = this.lanes;
			if (current == null) {
				Path output = Path.of(System.getProperty("conformance.output", "target/conformance"));
				this.conformance = new Conformance(this.store, output.resolve(this.store), System.out::println);
				current = new Lanes(this.conformance, this.requirements);
				this.lanes = current;
			}
			return current.verdict(requirement);
		}

		void close() {
			if (this.conformance != null && this.lanes != null) {
				System.out.println(this.store + " " + this.conformance.summary());
				this.lanes.close();
			}
		}

	}

}
