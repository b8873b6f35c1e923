package dev.durable.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link FanOut} measures.
 *
 * @param stores some of {@code memory}, {@code h2}, {@code postgres}
 * @param rounds how often each size is measured, at least 1; one more round warms up
 * @param items sizes of maps, in ascending order
 * @param branches sizes of parallels, in ascending order
 */
record FanOutSettings(List<String> stores, int rounds, List<Integer> items, List<Integer> branches) {

	private static final Map<String, String> DEFAULTS = Map.of("stores", "memory,h2,postgres", "rounds", "7", "items",
			"1000,3000,10000", "branches", "250,500,1000");

	FanOutSettings {
		if (rounds < 1) {
			throw new IllegalArgumentException("'rounds' must be at least 1 but was " + rounds);
		}
	}

	/** Read arguments of the form {@code name=value[,value…]}. */
	static FanOutSettings parse(String... arguments) {
		Map<String, String> values = new TreeMap<>(DEFAULTS);
		for (String argument : arguments) {
			String[] pair = argument.split("=", 2);
			if (pair.length != 2 || !DEFAULTS.containsKey(pair[0])) {
				throw new IllegalArgumentException("Unknown argument '%s'; there are %s, such as 'stores=memory'"
					.formatted(argument, new TreeMap<>(DEFAULTS).keySet()));
			}
			values.put(pair[0], pair[1]);
		}
		return new FanOutSettings(List.of(value(values, "stores").split(",")),
				Integer.parseInt(value(values, "rounds")), sizes(value(values, "items")),
				sizes(value(values, "branches")));
	}

	private static String value(Map<String, String> values, String name) {
		return values.getOrDefault(name, "");
	}

	private static List<Integer> sizes(String text) {
		return Arrays.stream(text.split(",")).map(Integer::valueOf).sorted().toList();
	}

}
