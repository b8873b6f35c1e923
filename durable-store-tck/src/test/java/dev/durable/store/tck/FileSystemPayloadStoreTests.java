package dev.durable.store.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.FileSystemPayloadStore;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FileSystemPayloadStoreTests extends PayloadStoreContract {

	private static final String KEY = "a0".repeat(32);

	private static final PayloadOwner OWNER = new PayloadOwner(new ExecutionId("order-1"), "start-1");

	@TempDir
	Path directory;

	private Path root = Path.of("");

	@BeforeEach
	void chooseRoot() {
		this.root = this.directory.resolve("payloads/of/durable");
	}

	@Override
	protected PayloadStore store() {
		try {
			Files.createDirectories(this.root);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return new FileSystemPayloadStore(this.root);
	}

	@Override
	protected PayloadStore otherNode() {
		return new FileSystemPayloadStore(this.root);
	}

	private Stream<Path> files() throws IOException {
		return Files.walk(this.root).filter(Files::isRegularFile);
	}

	@Test
	void fileLiesInTheDirectoryOfItsExecutionAndStart() throws IOException {
		new FileSystemPayloadStore(this.root).put(OWNER, KEY, new byte[] { 1, 2, 3 });
		try (Stream<Path> files = files()) {
			assertThat(files).containsExactly(this.root.resolve("order-1/start-1/" + KEY));
		}
	}

	@Test
	void directoriesWhenTheirOwnerIsDeletedAreGoneAndOthersStay() {
		PayloadStore store = store();
		PayloadOwner other = new PayloadOwner(OWNER.execution(), "start-2");
		store.put(OWNER, KEY, new byte[1]);
		store.put(other, KEY, new byte[1]);
		store.deleteAll(OWNER);
		assertThat(this.root.resolve("order-1/start-1")).doesNotExist();
		assertThat(this.root.resolve("order-1/start-2")).isDirectory();
		store.deleteAll(other);
		assertThat(this.root.resolve("order-1")).doesNotExist();
	}

	@Test
	void fileThatAnInterruptedPutLeftIsNeverReadAndGoesWithItsOwner() throws IOException {
		PayloadStore store = store();
		store.put(OWNER, "b1".repeat(32), new byte[1]);
		Files.write(this.root.resolve("order-1/start-1/.123.tmp"), new byte[] { 1 });
		assertThat(store.get(OWNER, KEY)).isEmpty();
		store.deleteAll(OWNER);
		try (Stream<Path> files = files()) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void storeWhoseDirectoryIsGoneIsUnavailableRatherThanEmpty() {
		assertThatExceptionOfType(PayloadUnavailableException.class)
			.isThrownBy(() -> new FileSystemPayloadStore(this.root).get(OWNER, KEY))
			.withMessageContaining(KEY)
			.withMessageContaining("cannot be read");
	}

	@Test
	void storeWhoseDirectoryIsAFileIsUnavailable() throws IOException {
		Files.createDirectories(this.root.getParent());
		Files.writeString(this.root, "a file");
		assertThatExceptionOfType(PayloadUnavailableException.class)
			.isThrownBy(() -> new FileSystemPayloadStore(this.root).put(OWNER, KEY, new byte[1]))
			.withMessageContaining("cannot be written");
	}

	@Test
	void keyThatIsNoDigestIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().get(OWNER, "../../etc/passwd"))
			.withMessageContaining("64 hexadecimal digits");
		assertThatIllegalArgumentException().isThrownBy(() -> new PayloadOwner(OWNER.execution(), "../up"));
	}

}
