package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One H2 file for each database, open in one process at a time. */
final class H2Databases implements Databases {

	private final Path directory;

	H2Databases(Path directory) {
		this.directory = directory;
	}

	@Override
	public String create(String name) {
		try {
			Files.deleteIfExists(this.directory.resolve(name + ".mv.db"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return "jdbc:h2:async:%s;WRITE_DELAY=0;TRACE_LEVEL_FILE=0"
			.formatted(this.directory.resolve(name).toAbsolutePath());
	}

	@Override
	public void close() {
		// files are closed with their last connection
	}

}
