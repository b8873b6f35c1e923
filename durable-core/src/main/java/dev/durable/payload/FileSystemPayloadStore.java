package dev.durable.payload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.durable.codec.PayloadUnavailableException;

/**
 * Keeps payloads in files, one directory for each execution and in it one for its start.
 * All nodes must see the same directory. Thread-safe.
 * <p>
 * A file is complete or not there: it is written under another name, forced to the disk,
 * and moved.
 */
public final class FileSystemPayloadStore implements PayloadStore {

	private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

	private final Path root;

	/**
	 * Create a store.
	 * @param directory where the files go; created when the first one does
	 */
	public FileSystemPayloadStore(Path directory) {
		this.root = Objects.requireNonNull(directory, "'directory' must not be null").toAbsolutePath().normalize();
	}

	@Override
	public void put(PayloadOwner owner, String key, byte[] content) {
		Path directory = directory(owner);
		Path file = directory.resolve(checked(key));
		try {
			create(directory);
			if (!Files.exists(file)) {
				write(directory, file, content);
			}
			force(directory);
		}
		catch (IOException ex) {
			throw failed("written", file, ex);
		}
	}

	private static void write(Path directory, Path file, byte[] content) throws IOException {
		Path written = Files.createTempFile(directory, ".", ".tmp");
		try {
			try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
				ByteBuffer buffer = ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
				channel.force(true);
			}
			Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(written);
		}
	}

	/** A new directory's own name must survive a crash as well. */
	private static void create(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		Path parent = directory.getParent();
		if (parent != null) {
			create(parent);
		}
		Files.createDirectories(directory);
		if (parent != null) {
			force(parent);
		}
	}

	/** Force the names in a directory to the disk, where the system can do that. */
	private static void force(Path directory) throws IOException {
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

	@Override
	public Optional<byte[]> get(PayloadOwner owner, String key) {
		Path file = directory(owner).resolve(checked(key));
		try {
			return Optional.of(Files.readAllBytes(file));
		}
		catch (NoSuchFileException ex) {
			if (!Files.isDirectory(this.root)) {
				// rather a volume that is not mounted than a payload that is lost
				throw failed("read", file, ex);
			}
			return Optional.empty();
		}
		catch (IOException ex) {
			throw failed("read", file, ex);
		}
	}

	@Override
	public void deleteAll(PayloadOwner owner) {
		Path directory = directory(owner);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
		}
		catch (NoSuchFileException ex) {
			return;
		}
		catch (IOException ex) {
			throw failed("removed", directory, ex);
		}
		try {
			Files.deleteIfExists(directory);
			Files.deleteIfExists(this.root.resolve(owner.execution().value()));
		}
		catch (DirectoryNotEmptyException ex) {
			// another start of the execution has files
		}
		catch (IOException ex) {
			throw failed("removed", directory, ex);
		}
	}

	private Path directory(PayloadOwner owner) {
		return this.root.resolve(owner.execution().value()).resolve(owner.start());
	}

	private static String checked(String key) {
		if (!KEY.matcher(key).matches()) {
			throw new IllegalArgumentException("'key' must be 64 hexadecimal digits but was '%s'".formatted(key));
		}
		return key;
	}

	private static PayloadUnavailableException failed(String verb, Path file, IOException cause) {
		return new PayloadUnavailableException(
				"Offloaded payload '%s' cannot be %s (%s)".formatted(file, verb, cause.getClass().getSimpleName()),
				cause);
	}

	@Override
	public String toString() {
		return "FileSystemPayloadStore[" + this.root + "]";
	}

}
