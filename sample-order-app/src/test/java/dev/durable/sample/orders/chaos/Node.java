package dev.durable.sample.orders.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** One process of the order service, again and again on the same port. */
final class Node {

	private final List<String> command;

	private final int port;

	private final Path log;

	private @Nullable Process process;

	Node(String name, boolean aot, Path jar, Path work, List<String> properties) {
		this.port = freePort();
		this.log = work.resolve(name + ".log");
		this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dspring.aot.enabled=" + aot, "-jar",
				jar.toString(), "--server.port=" + this.port));
		this.command.addAll(properties);
	}

	synchronized void start() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(Redirect.appendTo(this.log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	synchronized boolean kill() {
		if (this.process == null || !this.process.isAlive()) {
			return false;
		}
		this.process.destroyForcibly();
		awaitExit(this.process);
		return true;
	}

	synchronized boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/** Freeze or thaw the process: {@code STOP} or {@code CONT}. */
	synchronized void signal(String signal) {
		if (this.process == null) {
			throw new IllegalStateException("The node was not started");
		}
		try {
			awaitExit(new ProcessBuilder("kill", "-" + signal, String.valueOf(this.process.pid())).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isReady() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	boolean logged(String text) {
		try {
			return Files.readString(this.log).contains(text);
		}
		catch (IOException ex) {
			return false;
		}
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	private static void awaitExit(Process process) {
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Process %d does not end".formatted(process.pid()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Choose a port below the range from which outgoing connections take theirs. */
	private static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// Taken; try another.
				continue;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
