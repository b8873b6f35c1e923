package dev.durable.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the documentation's Java to what the tests compile and run. */
class SnippetsTests {

	private static final Path ROOT = Path.of("..");

	private static final Path SOURCES = Path.of("src", "test", "java", "dev", "durable", "docs");

	private static final Pattern BLOCK = Pattern.compile("```java *(\\S*)\n(.*?)```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");

	@Test
	void everyJavaBlockOccursInTheFileThatItNames() throws IOException {
		int blocks = 0;
		for (Path page : pages()) {
			Matcher matcher = BLOCK.matcher(Files.readString(page));
			while (matcher.find()) {
				blocks++;
				assertThat(matcher.group(1)).as("source of a Java block in %s", page).endsWith(".java");
				String source = Files.readString(SOURCES.resolve(matcher.group(1)));
				assertThat(normalised(source)).as("%s, as quoted in %s", matcher.group(1), page)
					.contains(normalised(matcher.group(2)));
			}
		}
		assertThat(blocks).isGreaterThan(9);
	}

	@Test
	void everyLinkLeadsToAFile() throws IOException {
		for (Path page : pages()) {
			Matcher matcher = LINK.matcher(Files.readString(page));
			while (matcher.find()) {
				assertThat(page.resolveSibling(matcher.group(1))).as("link in %s", page).exists();
			}
		}
	}

	private static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>();
		pages.add(ROOT.resolve("README.md"));
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			docs.filter((page) -> page.toString().endsWith(".md")).forEach(pages::add);
		}
		return pages;
	}

	private static String normalised(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

}
