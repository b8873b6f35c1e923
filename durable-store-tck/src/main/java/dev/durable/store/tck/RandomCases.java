package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the case of a seed. */
final class RandomCases {

	private static final int DEEPEST = 4;

	private static final int MOST_CRASHES = 4;

	private final SplittableRandom random;

	/** How many statements may still be made, roughly. */
	private int budget;

	private RandomCases(long seed) {
		this.random = new SplittableRandom(seed);
		this.budget = 4 + this.random.nextInt(14);
	}

	/** Make the program of a seed. */
	static Statement program(long seed) {
		return new RandomCases(seed).some(0);
	}

	/**
	 * Choose where processes die.
	 * @param seed the program's seed
	 * @param appends how many appends the program needs
	 */
	static List<CrashPoint> crashes(long seed, int appends) {
		SplittableRandom random = new SplittableRandom(~seed);
		List<CrashPoint> crashes = new ArrayList<>();
		do {
			// the first process can die anywhere; the next ones have less left to do
			int bound = crashes.isEmpty() ? appends : 1 + appends / 2;
			crashes.add(new CrashPoint(1 + random.nextInt(bound), pick(random, CrashPoint.Moment.values())));
		}
		while (crashes.size() < MOST_CRASHES && random.nextInt(3) > 0);
		return crashes;
	}

	/** Some statements in a row. */
	private Statement some(int depth) {
		List<Statement> statements = new ArrayList<>();
		do {
			Statement statement = one(depth);
			// a failure that is not caught hides what follows
			statements.add((statement.fails() && chance(75)) ? Statement.attempt(statement) : statement);
		}
		while (this.budget > 0 && chance(65));
		return (statements.size() > 1) ? new BlockStatements.Seq(statements) : statements.get(0);
	}

	private Statement one(int depth) {
		this.budget--;
		boolean deep = depth >= DEEPEST || this.budget <= 0;
		return (deep || chance(50)) ? leaf() : block(depth + 1);
	}

	private Statement leaf() {
		return switch (this.random.nextInt(16)) {
			case 0, 1, 2 -> Statement.step(0);
			case 3, 4 -> Statement.step(1 + this.random.nextInt(3));
			case 5 -> Statement.step(4);
			case 6 -> Statement.odd();
			case 7, 8 -> Statement.once();
			case 9, 10 -> Statement.pause(1 + this.random.nextInt(9));
			case 11 -> Statement.callback(answer());
			case 12, 13 -> Statement.submitted(answer(), chance(30) ? 1 + this.random.nextInt(4) : 0);
			case 14 -> Statement.condition(1 + this.random.nextInt(4), pick(this.random, LeafStatements.End.values()));
			default -> Statement.invoke(chance(30));
		};
	}

	private BodyListener.Answer answer() {
		return chance(60) ? BodyListener.Answer.SUCCEED
				: chance(50) ? BodyListener.Answer.FAIL : BodyListener.Answer.IGNORE;
	}

	private Statement block(int depth) {
		return switch (this.random.nextInt(16)) {
			case 0, 1 -> Statement.child(some(depth));
			case 2 -> Statement.largeChild(some(depth));
			case 3, 4, 5 -> new BlockStatements.Async(some(depth), list(1, 3, () -> some(depth)));
			case 6, 7 -> Statement.retry(this.random.nextInt(4), some(depth));
			case 8, 9 -> new BatchStatements.Parallel(shape(), list(0, 4, () -> some(depth)));
			case 10, 11 -> Statement.map(shape(), this.random.nextInt(4), some(depth));
			case 12, 13, 14 -> Statement.race(pick(this.random, BatchStatements.Finish.values()), shape(),
					list(0, 2, () -> some(depth)), list(1, 3, () -> some(depth)));
			default -> new BatchStatements.AnyOf(list(0, 2, () -> some(depth)));
		};
	}

	private BatchStatements.Shape shape() {
		return pick(this.random, BatchStatements.Shape.values());
	}

	private List<Statement> list(int least, int most, Supplier<Statement> statement) {
		return Stream.generate(statement).limit(least + this.random.nextInt(most - least + 1)).toList();
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private static <T> T pick(SplittableRandom random, T[] values) {
		return values[random.nextInt(values.length)];
	}

}
