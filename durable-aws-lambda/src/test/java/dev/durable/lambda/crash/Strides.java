package dev.durable.lambda.crash;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * How many moments there are for one that is tried: each run begins elsewhere, so that
 * several runs try all.
 */
final class Strides {

	private static final String PROPERTY = "durable.crash.stride";

	private Strides() {
	}

	/** Whether somebody said how many to try. */
	static boolean isSet() {
		return Integer.getInteger(PROPERTY) != null;
	}

	/** Choose some of many. */
	static List<Death> some(List<Death> all, int defaultStride) {
		int stride = Integer.getInteger(PROPERTY, defaultStride);
		int first = ThreadLocalRandom.current().nextInt(stride);
		return IntStream.range(0, all.size())
			.filter((i) -> i % stride == first % Math.min(stride, all.size()))
			.mapToObj(all::get)
			.toList();
	}

}
