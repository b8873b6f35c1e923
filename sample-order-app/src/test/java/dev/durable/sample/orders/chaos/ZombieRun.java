package dev.durable.sample.orders.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Freezes the process that charges a card, lets another one take the order over, and
 * thaws it: what it still has in its hands must be refused.
 */
final class ZombieRun {

	private final ChaosOptions options;

	ZombieRun(ChaosOptions options) {
		this.options = options;
	}

	List<String> run(Path work) throws Exception {
		long begin = System.nanoTime();
		try (Cluster cluster = new Cluster(2, this.options, work, properties())) {
			cluster.start();
			PlannedOrder order = new PlannedOrder("zombie-" + this.options.seed(), "lamp", 1, 1000, "tok_slow",
					PlannedOrder.Plan.SMALL);
			String id = new Customer(cluster.nodes()).place(order);
			Waiting.until(Duration.ofSeconds(30), "somebody charges the card", () -> owner(cluster, id) != null);
			return haunt(cluster, new PlacedOrder(order, id), begin);
		}
	}

	private List<String> haunt(Cluster cluster, PlacedOrder placed, long begin) {
		Node zombie = Objects.requireNonNull(owner(cluster, placed.id()));
		zombie.signal("STOP");
		Customer customer = new Customer(cluster.nodes().stream().filter((node) -> node != zombie).toList());
		Waiting.until(Duration.ofSeconds(60), "another node has ended the order",
				() -> !status(customer, placed).equals("RUNNING"));
		JsonNode before = customer.read("/orders/" + placed.id() + "/history");
		zombie.signal("CONT");
		Waiting.until(Duration.ofSeconds(30), "the zombie has heard from the card terminal",
				() -> zombie.logged("Slow card of order " + placed.id() + ": answered"));
		Books books = new Books(customer, cluster.isTransactional());
		// The zombie's commit follows within milliseconds; give it two seconds to show.
		Waiting.holds(Duration.ofSeconds(2), () -> books.surplus() > 0);
		books.check(placed);
		books.checkRepeated();
		List<String> problems = new ArrayList<>(books.problems());
		JsonNode after = customer.read("/orders/" + placed.id() + "/history");
		if (!before.equals(after)) {
			problems.add("The history changed after the order had ended");
		}
		if (!before.toString().contains("Runtime.ExitError")) {
			problems.add("Nobody took the order over");
		}
		System.out.printf("zombie: 1 order taken over, %s after the wake-up, %d s%n",
				problems.isEmpty() ? "nothing recorded" : "VIOLATED",
				Duration.ofNanos(System.nanoTime() - begin).toSeconds());
		return problems;
	}

	private static @Nullable Node owner(Cluster cluster, String id) {
		return cluster.nodes()
			.stream()
			.filter((node) -> node.logged("Slow card of order " + id + ": asking"))
			.findFirst()
			.orElse(null);
	}

	private static String status(Customer customer, PlacedOrder placed) {
		JsonNode view = customer.read("/orders/" + placed.id());
		return (view != null) ? view.get("status").asString() : "RUNNING";
	}

	private static List<String> properties() {
		return List.of("--orders.cooling-off=1s", "--orders.slow-card-delay=5s", "--orders.card-failure-rate=0",
				"--durable.worker.heartbeat-interval=500ms", "--durable.worker.node-timeout=2s");
	}

}
