package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * What a function logs in other processes, one JSON object a line.
 *
 * @param file where it is
 */
record LogFile(Path file) {

	static LogFile of(Path directory, String function) {
		return new LogFile(directory.resolve(function + "-logs.jsonl").toAbsolutePath());
	}

	/** Append at once: what a crash loses was not logged. */
	void append(JsonNode entry) {
		try {
			Files.writeString(this.file, entry + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return what was logged; nothing if there is no file. */
	List<JsonNode> read() {
		try {
			return Files.exists(this.file) ? Files.readAllLines(this.file).stream().map(Json::parse).toList()
					: List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void delete() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
