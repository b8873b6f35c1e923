package dev.durable.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequirementsTests {

	@TempDir
	Path directory;

	@BeforeEach
	void write() throws IOException {
		write("step", "1-10", "ExpectedResult: {ExecutionStatus: SUCCEEDED}");
		write("step", "1-2", "Input:");
		write("wait", "2-1", "ExpectedLogs: [{match: {message: x}}]");
		Files.writeString(this.directory.resolve("LICENSE"), "text");
	}

	private void write(String suite, String id, String content) throws IOException {
		Path file = Files.createDirectories(this.directory.resolve(suite)).resolve(id + ".yaml");
		Files.writeString(file, "---\n# 1.2: ignored\ndescription: Number %s\n%s\n".formatted(id, content));
	}

	@Test
	void allAreReadInTheOrderOfTheirNumbers() {
		assertThat(new Requirements(this.directory).select("", "")).extracting(Requirement::toString)
			.containsExactly("1-2 (step): Number 1-2", "1-10 (step): Number 1-10", "2-1 (wait): Number 2-1");
	}

	@Test
	void suitesAndIdsAreChosen() {
		Requirements requirements = new Requirements(this.directory);
		assertThat(requirements.select("wait, child", "")).extracting(Requirement::id).containsExactly("2-1");
		assertThat(requirements.select("", "1.2,2-1")).extracting(Requirement::id).containsExactly("1-2", "2-1");
		assertThat(requirements.select("step", "2-1")).isEmpty();
	}

	@Test
	void requirementWithAnExpectationIsCheckable() {
		assertThat(new Requirements(this.directory).select("", "")).extracting(Requirement::isCheckable)
			.containsExactly(false, true, true);
	}

	@Test
	void directoryThatDoesNotExistIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Requirements(this.directory.resolve("none")))
			.withMessageContaining("'conformance.requirements' must be a directory");
	}

}
