package dev.durable.sample.orders.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Processes of the order service on one database server, all of it ended by
 * {@link #close}.
 */
final class Cluster implements AutoCloseable {

	private final SharedDatabase database;

	private final List<Node> nodes;

	private final Thread lastWords = new Thread(this::killAll);

	Cluster(int size, ChaosOptions options, Path work, List<String> properties) {
		this.database = SharedDatabase.start(options.database());
		List<String> all = Stream.concat(this.database.properties().stream(), properties.stream()).toList();
		this.nodes = IntStream.rangeClosed(1, size)
			.mapToObj(
					(number) -> new Node("node-" + number, this.database.aot() && number > 1, options.jar(), work, all))
			.toList();
		Runtime.getRuntime().addShutdownHook(this.lastWords);
	}

	/** Start all nodes, the first one alone so that it creates the tables in peace. */
	void start() {
		this.nodes.get(0).start();
		awaitReady(this.nodes.subList(0, 1));
		this.nodes.stream().skip(1).forEach(Node::start);
		awaitReady(this.nodes);
	}

	boolean isTransactional() {
		return this.database.transactional();
	}

	List<Node> nodes() {
		return this.nodes;
	}

	static void awaitReady(List<Node> nodes) {
		Waiting.until(Duration.ofSeconds(90), "all nodes are ready", () -> nodes.stream().allMatch(Node::isReady));
	}

	private void killAll() {
		this.nodes.forEach(Node::kill);
	}

	@Override
	public void close() throws IOException {
		killAll();
		Runtime.getRuntime().removeShutdownHook(this.lastWords);
		this.database.close();
	}

}
