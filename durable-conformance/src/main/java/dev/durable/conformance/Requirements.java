package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads requirements from a directory with one directory for each suite. */
final class Requirements {

	private final Path directory;

	Requirements(Path directory) {
		if (!Files.isDirectory(directory)) {
			throw new IllegalArgumentException(
					"'conformance.requirements' must be a directory but was '%s'".formatted(directory));
		}
		this.directory = directory;
	}

	/**
	 * Return requirements in the order of their numbers.
	 * @param suites names of suites, separated by commas; empty for all
	 * @param ids ids such as {@code 1-12} or {@code 1.12}, separated by commas; empty for
	 * all
	 */
	List<Requirement> select(String suites, String ids) {
		Predicate<Requirement> chosen = chosen(suites, Requirement::suite);
		chosen = chosen.and(chosen(ids.replace('.', '-'), Requirement::id));
		try (Stream<Path> files = Files.walk(this.directory, 2)) {
			return files.filter((file) -> file.getFileName().toString().matches(".+\\.ya?ml"))
				.map(Requirements::read)
				.filter(chosen)
				.sorted(Comparator.comparing((requirement) -> key(requirement.id())))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Predicate<Requirement> chosen(String list, Function<Requirement, String> property) {
		Set<String> names = Arrays.stream(list.split(","))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toSet());
		return (requirement) -> names.isEmpty() || names.contains(property.apply(requirement));
	}

	private static Requirement read(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
			Object content = yaml.load(lines.collect(Collectors.joining("\n")));
			String name = file.getFileName().toString();
			return new Requirement(name.substring(0, name.lastIndexOf('.')), suite(file), Json.tree(content));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String suite(Path file) {
		Path directory = file.toAbsolutePath().getParent();
		return (directory != null) ? String.valueOf(directory.getFileName()) : "";
	}

	/** Numbers with leading zeros, so that 1-2 comes before 1-10. */
	private static String key(String id) {
		return Arrays.stream(id.split("-"))
			.map((part) -> part.matches("\\d{1,9}") ? "%09d".formatted(Integer.parseInt(part)) : part)
			.collect(Collectors.joining("-"));
	}

}
