package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a bare Spring Cloud Function and a durable one, in turn, as Lambda does, and
 * tells the medians: from the start of the process to the first response, or the first
 * checkpoint.
 */
public final class ColdStart {

	private static final Variant BARE = new Variant("bare",
			"org.springframework.cloud.function.adapter.aws.FunctionInvoker", BareApplication.class.getName(), false,
			Map.of("SPRING_CLOUD_FUNCTION_DEFINITION", "greet"));

	private static final Variant DURABLE = new Variant("durable", "dev.durable.lambda.DurableFunctionInvoker",
			DurableApplication.class.getName(), true, Map.of("DURABLE_STORE_TYPE", "lambda"));

	private final Map<String, List<Long>> times = new LinkedHashMap<>();

	private ColdStart() {
	}

	/**
	 * Run the benchmark.
	 * @param arguments {@code rounds=11}
	 * @throws Exception if a function does not start
	 */
	public static void main(String[] arguments) throws Exception {
		int rounds = 11;
		for (String argument : arguments) {
			if (argument.startsWith("rounds=")) {
				rounds = Integer.parseInt(argument.substring("rounds=".length()));
			}
		}
		new ColdStart().run(rounds, System.out);
	}

	private void run(int rounds, PrintStream out) throws IOException, InterruptedException {
		Path archives = Files.createTempDirectory("cold-start");
		for (Variant variant : List.of(BARE, DURABLE)) {
			variant.start(List.of("-XX:ArchiveClassesAtExit=" + archive(archives, variant)), true);
		}
		for (int round = 0; round < rounds; round++) {
			for (Variant variant : List.of(BARE, DURABLE)) {
				note(variant, "", variant.start(List.of("-Xshare:auto"), false));
				note(variant, " AppCDS",
						variant.start(List.of("-XX:SharedArchiveFile=" + archive(archives, variant)), false));
			}
		}
		out.printf("%-16s %10s%n", "function", "median ms");
		this.times.forEach((name, all) -> out.printf("%-16s %10d%n", name, median(all)));
		out.printf("durable over bare: %+.1f %%, with AppCDS %+.1f %%%n", over(""), over(" AppCDS"));
	}

	private static Path archive(Path directory, Variant variant) {
		return directory.resolve(variant.name() + ".jsa");
	}

	private void note(Variant variant, String how, Duration time) {
		timesOf(variant, how).add(time.toMillis());
	}

	private List<Long> timesOf(Variant variant, String how) {
		return this.times.computeIfAbsent(variant.name() + how, (key) -> new ArrayList<>());
	}

	private double over(String how) {
		return 100.0 * median(timesOf(DURABLE, how)) / median(timesOf(BARE, how)) - 100;
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
	}

}
