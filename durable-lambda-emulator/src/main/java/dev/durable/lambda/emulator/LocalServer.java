package dev.durable.lambda.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** An HTTP server on a port of the loopback address, with a thread for every request. */
final class LocalServer {

	private final HttpServer server;

	private final ExecutorService threads;

	private LocalServer(HttpServer server, ExecutorService threads) {
		this.server = server;
		this.threads = threads;
	}

	/**
	 * Start a server.
	 * @param port where it listens, 0 for a free port
	 * @param handler answers every request
	 */
	static LocalServer start(int port, HttpHandler handler) {
		// Or an answer's head and body go out apart, the second 40 ms late. Read once,
		// when
		// the first server starts.
		if (System.getProperty("sun.net.httpserver.nodelay") == null) {
			System.setProperty("sun.net.httpserver.nodelay", "true");
		}
		ExecutorService threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "lambda-emulator");
			thread.setDaemon(true);
			return thread;
		});
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			server.setExecutor(threads);
			server.createContext("/", handler);
			server.start();
			return new LocalServer(server, threads);
		}
		catch (IOException ex) {
			threads.shutdown();
			throw new UncheckedIOException("The emulator cannot listen on port %d of the loopback address: %s"
				.formatted(port, ex.getMessage()), ex);
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** Answer a request. */
	static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

}
