package dev.durable.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What several rounds of one measurement took. */
final class Samples {

	private final List<Sample> samples = new ArrayList<>();

	void add(Sample sample) {
		this.samples.add(sample);
	}

	/** The middle of the wall times, in milliseconds. */
	double wallMillis() {
		return median(this.samples.stream().map(Sample::wallNanos).toList());
	}

	/** The middle of this process's processor times, in milliseconds. */
	double cpuMillis() {
		return median(this.samples.stream().map(Sample::cpuNanos).toList());
	}

	private static double median(List<Long> nanos) {
		List<Long> sorted = nanos.stream().sorted().toList();
		int middle = sorted.size() / 2;
		double median = (sorted.size() % 2 == 1) ? sorted.get(middle)
				: (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
		return median / 1_000_000;
	}

	/**
	 * What one round took.
	 *
	 * @param wallNanos time on the wall
	 * @param cpuNanos time that this process spent on processors
	 */
	record Sample(long wallNanos, long cpuNanos) {

	}

}
