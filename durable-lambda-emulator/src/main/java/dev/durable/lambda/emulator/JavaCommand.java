package dev.durable.lambda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The command that runs a Java handler as Lambda does: with its runtime interface client,
 * which must be on the class path of this process.
 */
public final class JavaCommand {

	private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

	/** Tells the client where its native library is, so that it does not unpack it. */
	private static final String LIBRARY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

	private static @Nullable Path unpacked;

	private JavaCommand() {
	}

	/**
	 * Return the command for a handler on the class path of this process.
	 * @param handler the handler, as Lambda is told it: a class, or class and method
	 * @param options options of the Java machine
	 * @return the program and its arguments
	 */
	public static List<String> of(String handler, String... options) {
		List<String> words = new ArrayList<>();
		words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		words.addAll(List.of(options));
		Path library = library();
		if (library != null) {
			words.add("-D" + LIBRARY + "=" + library);
		}
		words.addAll(List.of("-cp", System.getProperty("java.class.path"), CLIENT, handler));
		return List.copyOf(words);
	}

	/**
	 * Each process would unpack the library to the same file, where those that start at
	 * the same time break each other's: on Lambda a process has a machine of its own.
	 */
	private static synchronized @Nullable Path library() {
		if (unpacked == null) {
			try (InputStream library = JavaCommand.class.getResourceAsStream("/jni/" + libraryName())) {
				unpacked = (library != null) ? unpack(library) : null;
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The runtime interface client's native library cannot be unpacked", ex);
			}
		}
		return unpacked;
	}

	private static String libraryName() {
		String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
		String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
		return "libaws-lambda-jni.%s-%s.so".formatted(libc, machine);
	}

	private static Path unpack(InputStream library) throws IOException {
		Path file = Files.createTempFile("lambda-runtime", ".so");
		file.toFile().deleteOnExit();
		Files.write(file, library.readAllBytes());
		return file;
	}

}
