package dev.durable.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.sun.management.OperatingSystemMXBean;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;

/** Measures how the cost of a map and of a parallel grows with their size. */
final class FanOut {

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final FanOutSettings settings;

	private final PrintStream out;

	FanOut(FanOutSettings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	/**
	 * Measure and print.
	 * @param arguments see {@link FanOutSettings#parse}
	 */
	public static void main(String... arguments) throws IOException {
		new FanOut(FanOutSettings.parse(arguments), System.out).run();
	}

	void run() throws IOException {
		this.out.printf("%-9s %-9s %7s %10s %10s %12s %12s %8s%n", "store", "function", "size", "wall ms", "cpu ms",
				"wall us/each", "cpu us/each", "growth");
		for (String kind : this.settings.stores()) {
			try (OpenStore store = OpenStore.of(kind)) {
				measure(kind, store);
			}
		}
	}

	private void measure(String kind, OpenStore store) {
		EmbeddedEngine engine = EmbeddedEngine.builder(store.store(), store.queries(), new JacksonPayloadCodec())
			.functions(FanOutFunctions::all)
			.build();
		engine.start();
		try {
			measure(kind, engine, FanOutFunctions.MAP, this.settings.items(), Duration.ZERO);
			measure(kind, engine, FanOutFunctions.PARALLEL, this.settings.branches(), FanOutFunctions.PAUSE);
		}
		finally {
			engine.stop();
		}
	}

	/** The sizes take turns, so that a busy moment of the machine hits all of them. */
	private void measure(String kind, EmbeddedEngine engine, String function, List<Integer> sizes, Duration idle) {
		Map<Integer, Samples> samples = new TreeMap<>();
		for (int round = 0; round <= this.settings.rounds(); round++) {
			for (int size : sizes) {
				Samples.Sample sample = once(engine, function, size, idle);
				if (round > 0) {
					samples.computeIfAbsent(size, (any) -> new Samples()).add(sample);
				}
			}
		}
		report(kind, function, samples);
	}

	private static Samples.Sample once(EmbeddedEngine engine, String function, int size, Duration idle) {
		// Garbage of the round before shall not be paid for in this one.
		System.gc();
		long cpu = cpuNanos();
		long wall = System.nanoTime();
		Object ended = engine.client().function(function).start(size).result(TIMEOUT);
		Samples.Sample sample = new Samples.Sample(System.nanoTime() - wall - idle.toNanos(), cpuNanos() - cpu);
		if (!Integer.valueOf(size).equals(ended)) {
			throw new IllegalStateException(
					"'%s' of %d must end all branches but ended %s".formatted(function, size, ended));
		}
		return sample;
	}

	private static long cpuNanos() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
	}

	/**
	 * Growth is the cost of one branch against that at the smallest size: 1 is linear.
	 */
	private void report(String kind, String function, Map<Integer, Samples> samples) {
		double first = 0;
		for (Map.Entry<Integer, Samples> entry : samples.entrySet()) {
			int size = entry.getKey();
			double wall = entry.getValue().wallMillis();
			double cpu = entry.getValue().cpuMillis();
			double each = 1000 * cpu / size;
			first = (first == 0) ? each : first;
			this.out.printf(Locale.ROOT, "%-9s %-9s %7d %10.1f %10.1f %12.1f %12.1f %8.2f%n", kind, function, size,
					wall, cpu, 1000 * wall / size, each, each / first);
		}
	}

}
