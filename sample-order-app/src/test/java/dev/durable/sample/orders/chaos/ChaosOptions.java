package dev.durable.sample.orders.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much chaos.
 *
 * @param orders orders to place, from 1
 * @param kills how long processes are killed
 * @param patience how long the orders may take to end once the kills are over
 * @param seed seed of the choices
 * @param zombie whether to pause and wake a process instead of killing some
 * @param database what the processes share: {@code postgres}, {@code mariadb} or
 * {@code dynamodb}
 * @param jar the order service
 */
record ChaosOptions(int orders, Duration kills, Duration patience, long seed, boolean zombie, String database,
		Path jar) {

	static ChaosOptions parse(String... args) {
		List<String> words = List.of(args);
		boolean isShort = words.contains("--short");
		int orders = Integer.parseInt(value(words, "--orders", isShort ? "60" : "500"));
		long seconds = Long.parseLong(value(words, "--seconds", isShort ? "12" : "60"));
		long seed = Long.parseLong(value(words, "--seed", String.valueOf(System.nanoTime() & 0xffffff)));
		return new ChaosOptions(orders, Duration.ofSeconds(seconds), Duration.ofSeconds(isShort ? 40 : 120), seed,
				words.contains("--zombie"), value(words, "--database", "postgres"),
				Path.of(value(words, "--jar", "target/sample-order-app.jar")));
	}

	private static String value(List<String> words, String option, String fallback) {
		int index = words.indexOf(option);
		return (index >= 0) ? words.get(index + 1) : fallback;
	}

}
