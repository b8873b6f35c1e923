package dev.durable.sample.orders.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Kills random nodes and starts them again. Half-way it kills all of them at once;
 * otherwise it leaves at least one that answers.
 */
final class Killer {

	private final List<Node> nodes;

	private final SplittableRandom random;

	private int kills;

	Killer(List<Node> nodes, long seed) {
		this.nodes = nodes;
		this.random = new SplittableRandom(seed);
	}

	int run(Duration duration) {
		long begin = System.nanoTime();
		long end = begin + duration.toNanos();
		long outage = begin + duration.toNanos() / 2;
		while (System.nanoTime() < end) {
			Waiting.pause(this.random.nextLong(500, 2500));
			if (outage > 0 && System.nanoTime() > outage) {
				outage = 0;
				this.nodes.forEach(this::kill);
			}
			else {
				killOne();
			}
			restart();
		}
		restart();
		return this.kills;
	}

	private void killOne() {
		Node victim = this.nodes.get(this.random.nextInt(this.nodes.size()));
		if (this.nodes.stream().anyMatch((node) -> node != victim && node.isReady())) {
			kill(victim);
		}
	}

	private void kill(Node node) {
		if (node.kill()) {
			this.kills++;
		}
	}

	private void restart() {
		Waiting.pause(this.random.nextLong(1000));
		this.nodes.stream().filter((node) -> !node.isAlive()).forEach(Node::start);
	}

}
