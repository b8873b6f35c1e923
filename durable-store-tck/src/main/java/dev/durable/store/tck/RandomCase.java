package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A program and where the processes that run it die, one after the other.
 *
 * @param program the program
 * @param crashes where the first process dies, then where the next one does, and so on;
 * each counts its own appends
 */
record RandomCase(Statement program, List<CrashPoint> crashes) {

	/** A longer program that fails with one crash is not worth a look at all of them. */
	private static final int MOST_APPENDS = 40;

	RandomCase {
		crashes = List.copyOf(crashes);
	}

	static RandomCase of(Statement program, CrashPoint... crashes) {
		return new RandomCase(program, List.of(crashes));
	}

	static CrashPoint before(int append) {
		return new CrashPoint(append, CrashPoint.Moment.BEFORE);
	}

	static CrashPoint after(int append) {
		return new CrashPoint(append, CrashPoint.Moment.AFTER);
	}

	/** Simpler cases that may fail in the same way. */
	Stream<RandomCase> simpler() {
		return Stream.concat(fewerCrashes(), this.program.simpler().stream().flatMap(this::crashed));
	}

	/** A simpler program has fewer appends, so the crash may have to be elsewhere. */
	private Stream<RandomCase> crashed(Statement simpler) {
		Stream<RandomCase> once = IntStream.rangeClosed(1, MOST_APPENDS)
			.boxed()
			.flatMap((append) -> Stream.of(of(simpler, before(append)), of(simpler, after(append))));
		return Stream.concat(Stream.of(new RandomCase(simpler, this.crashes)), once);
	}

	private Stream<RandomCase> fewerCrashes() {
		List<RandomCase> fewer = new ArrayList<>();
		for (int i = 0; i < this.crashes.size(); i++) {
			List<CrashPoint> without = new ArrayList<>(this.crashes);
			without.remove(i);
			fewer.add(new RandomCase(this.program, without));
		}
		return fewer.stream();
	}

	/** The expression that makes this case. */
	@Override
	public String toString() {
		return Stream.concat(Stream.of(this.program), this.crashes.stream().map(RandomCase::text))
			.map(Object::toString)
			.collect(Collectors.joining(", ", "RandomCase.of(", ")"));
	}

	private static String text(CrashPoint crash) {
		return ((crash.moment() == CrashPoint.Moment.BEFORE) ? "before(%d)" : "after(%d)").formatted(crash.append());
	}

}
