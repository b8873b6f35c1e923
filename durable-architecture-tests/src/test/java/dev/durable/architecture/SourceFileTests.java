package dev.durable.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What only the sources can tell. */
class SourceFileTests {

	private static final int MOST_LINES = 350;

	@Test
	void sourceFilesOfAllModulesAreFound() throws IOException {
		assertThat(mainSources()).extracting((file) -> file.getFileName().toString())
			.contains("DurableContext.java", "DurableProperties.java");
	}

	@Test
	void everySourceFileFitsInAHead() throws IOException {
		Map<String, Integer> tooLong = new TreeMap<>();
		mainSources().forEach((file) -> {
			int lines = lines(file).size();
			if (lines > MOST_LINES) {
				tooLong.put(file.getFileName().toString(), lines);
			}
		});
		assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
	}

	@Test
	void everyPackageHasADescription() throws IOException {
		List<Path> packages = mainSources().stream().map(Path::getParent).distinct().toList();
		assertThat(packages).filteredOn((directory) -> !Files.exists(directory.resolve("package-info.java"))).isEmpty();
		assertThat(packages).map((directory) -> directory.resolve("package-info.java"))
			.allSatisfy((file) -> assertThat(file).content().contains("/**", "@NullMarked"));
	}

	private static List<Path> mainSources() throws IOException {
		try (Stream<Path> modules = Files.list(Path.of("").toAbsolutePath().getParent())) {
			return modules.map((module) -> module.resolve("src/main/java"))
				.filter(Files::isDirectory)
				.flatMap(SourceFileTests::javaFiles)
				.toList();
		}
	}

	private static Stream<Path> javaFiles(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
