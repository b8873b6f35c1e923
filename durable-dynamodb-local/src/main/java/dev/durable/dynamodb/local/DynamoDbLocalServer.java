package dev.durable.dynamodb.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local behind a port of the loopback address, until closed.
 * <p>
 * The vendor's own launcher listens to the whole network and reports its use; this one
 * does neither. All credentials and regions see the same tables.
 */
public final class DynamoDbLocalServer implements AutoCloseable {

	private final Server server;

	private final LocalDynamoDBServerHandler handler;

	private DynamoDbLocalServer(int port, @Nullable Path directory) {
		this.handler = new LocalDynamoDBServerHandler(tables(directory), null);
		this.server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.server.setHandler(this.handler);
	}

	private static LocalDynamoDBRequestHandler tables(@Nullable Path directory) {
		try {
			String location = (directory != null) ? Files.createDirectories(directory).toString() : null;
			return new LocalDynamoDBRequestHandler(0, location == null, location, true, false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (DynamoDBLocalServiceException ex) {
			throw new IllegalStateException("DynamoDB Local does not start in directory " + directory, ex);
		}
	}

	/**
	 * Start a server whose tables go with it.
	 * @return the server, on a free port
	 */
	public static DynamoDbLocalServer inMemory() {
		return new DynamoDbLocalServer(0, null).start();
	}

	/**
	 * Start a server whose tables outlive it.
	 * @param port where it listens, 0 for a free port
	 * @param directory where it keeps its tables; made if missing
	 * @return the server
	 */
	public static DynamoDbLocalServer inDirectory(int port, Path directory) {
		return new DynamoDbLocalServer(port, directory).start();
	}

	/**
	 * Serve until the process ends.
	 * @param arguments the port and the directory
	 */
	public static void main(String[] arguments) {
		if (arguments.length != 2) {
			throw new IllegalArgumentException(
					"Expected a port and a directory but got %d arguments".formatted(arguments.length));
		}
		Path directory = Path.of(arguments[1]).toAbsolutePath();
		DynamoDbLocalServer server = inDirectory(Integer.parseInt(arguments[0]), directory);
		System.out.printf("DynamoDB Local listens at %s and keeps its tables in %s%n", server.endpoint(), directory);
	}

	private DynamoDbLocalServer start() {
		try {
			this.server.start();
			return this;
		}
		catch (Exception ex) {
			close();
			throw new IllegalStateException("DynamoDB Local does not start: " + ex.getMessage(), ex);
		}
	}

	/** Return the address that a client must be given as its endpoint. */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + ((ServerConnector) this.server.getConnectors()[0]).getLocalPort());
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException("DynamoDB Local does not stop: " + ex.getMessage(), ex);
		}
		finally {
			this.handler.close();
		}
	}

}
