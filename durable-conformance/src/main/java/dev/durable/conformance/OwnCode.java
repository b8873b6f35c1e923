package dev.durable.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start another JVM with the code of this one. */
final class OwnCode {

	private OwnCode() {
	}

	static List<String> command(String mainClass, String... arguments) {
		List<String> words = new ArrayList<>();
		words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), mainClass));
		words.addAll(List.of(arguments));
		return words;
	}

}
