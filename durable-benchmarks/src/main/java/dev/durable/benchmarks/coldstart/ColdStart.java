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
 * Starts functions with the starter and the same without it, in turn, as Lambda does, and
 * tells the medians: from the start of the process to the first checkpoint, or without
 * the starter to the response.
 */
public final class ColdStart {

	private static final String APP_CDS = " AppCDS";

	private final Variants variants;

	private final Path archives;

	private final Map<String, List<Long>> times = new LinkedHashMap<>();

	private ColdStart(Variants variants, Path archives) {
		this.variants = variants;
		this.archives = archives;
	}

	/**
	 * Run the benchmark.
	 * @param arguments {@code rounds=11}, and
	 * {@code sample=sample-order-app/target/sample-order-app-lambda.zip} to measure that,
	 * too
	 * @throws Exception if a function does not start
	 */
	public static void main(String[] arguments) throws Exception {
		int rounds = 11;
		Path directory = Files.createTempDirectory("cold-start");
		Variants variants = Variants.least();
		for (String argument : arguments) {
			if (argument.startsWith("rounds=")) {
				rounds = Integer.parseInt(argument.substring("rounds=".length()));
			}
			else if (argument.startsWith("sample=")) {
				variants = variants
					.and(SamplePackage.unpack(Path.of(argument.substring("sample=".length())), directory));
			}
		}
		new ColdStart(variants, directory).run(rounds, System.out);
	}

	private void run(int rounds, PrintStream out) throws IOException, InterruptedException {
		for (Variant variant : this.variants.all()) {
			variant.start(List.of("-XX:ArchiveClassesAtExit=" + archive(variant)), true);
		}
		for (int round = 0; round < rounds; round++) {
			for (Variant variant : this.variants.all()) {
				note(variant, "", variant.start(List.of("-Xshare:auto"), false));
				note(variant, APP_CDS, variant.start(List.of("-XX:SharedArchiveFile=" + archive(variant)), false));
			}
		}
		out.printf("%-20s %10s%n", "function", "median ms");
		this.times.forEach((name, all) -> out.printf("%-20s %10d%n", name, median(all)));
		this.variants.pairs()
			.forEach((without, with) -> out.printf("%s over %s: %+.1f %%, with AppCDS %+.1f %%%n", with.name(),
					without.name(), over(with, without, ""), over(with, without, APP_CDS)));
	}

	private Path archive(Variant variant) {
		return this.archives.resolve(variant.name() + ".jsa");
	}

	private void note(Variant variant, String how, Duration time) {
		timesOf(variant, how).add(time.toMillis());
	}

	private List<Long> timesOf(Variant variant, String how) {
		return this.times.computeIfAbsent(variant.name() + how, (key) -> new ArrayList<>());
	}

	private double over(Variant with, Variant without, String how) {
		return 100.0 * median(timesOf(with, how)) / median(timesOf(without, how)) - 100;
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
	}

}
