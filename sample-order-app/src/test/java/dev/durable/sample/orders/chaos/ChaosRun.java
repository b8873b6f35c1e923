package dev.durable.sample.orders.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Places orders on three processes that share a database, kills and restarts the
 * processes meanwhile, and checks that every acknowledged order ends as it should, once.
 */
final class ChaosRun {

	private static final int CUSTOMERS = 4;

	private final ChaosOptions options;

	private final Queue<PlacedOrder> placed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private ChaosRun(ChaosOptions options) {
		this.options = options;
	}

	public static void main(String[] args) throws Exception {
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		// DynamoDB Local warns of each condition that does not hold, and of each client
		// that is killed
		((Logger) LoggerFactory.getLogger("software.amazon.dynamodb")).setLevel(Level.OFF);
		ChaosOptions options = ChaosOptions.parse(args);
		Path work = Files.createTempDirectory("order-chaos");
		System.out.printf("seed %d on %s, logs in %s%n", options.seed(), options.database(), work);
		List<String> problems = options.zombie() ? new ZombieRun(options).run(work) : new ChaosRun(options).run(work);
		problems.stream().limit(20).forEach((problem) -> System.err.println("VIOLATION: " + problem));
		System.exit(problems.isEmpty() ? 0 : 1);
	}

	private List<String> run(Path work) throws Exception {
		long begin = System.nanoTime();
		try (Cluster cluster = new Cluster(3, this.options, work, properties())) {
			cluster.start();
			Customer customer = new Customer(cluster.nodes());
			int kills = placeWhileKilling(cluster, customer);
			Books books = new Books(customer, cluster.isTransactional());
			Cluster.awaitReady(cluster.nodes());
			Waiting.holds(this.options.patience(), () -> isQuiet(books.audit()));
			this.over.set(true);
			this.placed.forEach(books::check);
			long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
			System.out.println(books.summary(this.options.orders(), kills, seconds));
			return books.problems();
		}
		finally {
			this.over.set(true);
		}
	}

	private int placeWhileKilling(Cluster cluster, Customer customer) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "chaos");
			thread.setDaemon(true);
			return thread;
		});
		List<Future<?>> customers = new ArrayList<>();
		for (int i = 0; i < CUSTOMERS; i++) {
			customers.add(threads.submit(() -> placeOrders(customer)));
		}
		threads.submit(() -> answerApprovals(customer));
		int kills = new Killer(cluster.nodes(), this.options.seed()).run(this.options.kills());
		for (Future<?> each : customers) {
			each.get();
		}
		return kills;
	}

	/** Spread the orders over the time of the kills. */
	private void placeOrders(Customer customer) {
		long begin = System.nanoTime();
		long gap = this.options.kills().toNanos() / this.options.orders();
		for (int number = this.next.getAndIncrement(); number < this.options.orders(); number = this.next
			.getAndIncrement()) {
			long early = begin + number * gap - System.nanoTime();
			Waiting.pause(Math.max(0, Duration.ofNanos(early).toMillis()));
			PlannedOrder order = PlannedOrder.number(number, this.options.seed());
			this.placed.add(new PlacedOrder(order, customer.place(order)));
		}
	}

	private void answerApprovals(Customer customer) {
		while (!this.over.get()) {
			for (PlacedOrder each : this.placed) {
				if (each.order().needsAnswer() && !each.answered().get() && !this.over.get()) {
					Integer status = customer.answer(each.id(), each.order().plan() == PlannedOrder.Plan.APPROVED);
					if (status != null && status == 204) {
						each.answered().set(true);
					}
				}
			}
			Waiting.pause(200);
		}
	}

	private static boolean isQuiet(@Nullable JsonNode audit) {
		return audit != null && audit.get("running").asInt() == 0;
	}

	private static List<String> properties() {
		return List.of("--orders.cooling-off=2s", "--orders.approval-timeout=15s", "--orders.slow-card-delay=3s",
				"--durable.worker.heartbeat-interval=1s", "--durable.worker.node-timeout=4s");
	}

}
