package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;

/**
 * Statements that run others side by side.
 * <p>
 * A batch that ends early does so at a gate, which opens when nothing else can happen.
 */
final class BatchStatements {

	private BatchStatements() {
	}

	/** How a batch runs its branches. */
	enum Shape {

		ALL(Integer.MAX_VALUE, NestingType.NESTED), TWO(2, NestingType.NESTED), ONE(1, NestingType.NESTED),
		FLAT_ALL(Integer.MAX_VALUE, NestingType.FLAT), FLAT_TWO(2, NestingType.FLAT);

		private final int maxConcurrency;

		private final NestingType nesting;

		Shape(int maxConcurrency, NestingType nesting) {
			this.maxConcurrency = maxConcurrency;
			this.nesting = nesting;
		}

		BatchOptions options(CompletionConfig completion) {
			return BatchOptions.builder()
				.maxConcurrency(this.maxConcurrency)
				.nesting(this.nesting)
				.completion(completion)
				.build();
		}

		List<Shape> simpler() {
			return (this != ALL) ? List.of(ALL) : List.of();
		}

	}

	/** Why a batch ends before all branches have. */
	enum Finish {

		SUCCESSES, FAILURES, CONDITION;

		CompletionConfig completion(List<Statement> free) {
			int failures = (int) free.stream().filter(Statement::fails).count();
			return switch (this) {
				case SUCCESSES -> CompletionConfig.minSuccessful(free.size() - failures + 1);
				case FAILURES -> CompletionConfig.builder().toleratedFailureCount(failures).build();
				case CONDITION -> CompletionConfig.builder()
					.endWhen((progress) -> progress.succeeded() + progress.failed() == free.size() + 1)
					.build();
			};
		}

	}

	/** Everything that must be the same in each run. */
	private static String describe(BatchResult<String> result) {
		return result.completionReason() + " " + result.items()
			.stream()
			.map((item) -> "%d %s %s %s".formatted(item.index(), item.status(), item.result(),
					(item.error() != null) ? item.error().errorType() + ": " + item.error().errorMessage() : ""))
			.toList();
	}

	private static BatchResult<String> runParallel(Place at, int branches, BatchOptions options,
			BiFunction<Place, Integer, String> branch) {
		List<ParallelBranch<String>> bodies = IntStream.range(0, branches)
			.mapToObj((i) -> ParallelBranch.<String>of((child) -> branch.apply(at.in(child, i), i)))
			.toList();
		return at.context().parallel(at.name("parallel"), bodies, BatchPrograms.TEXT, options);
	}

	private static BatchResult<String> runMap(Place at, int items, BatchOptions options,
			BiFunction<Place, Integer, String> branch) {
		return at.context()
			.map(at.name("map"), IntStream.range(0, items).boxed().toList(), BatchPrograms.TEXT, options,
					(DurableContext child, Integer item, int index) -> branch.apply(at.in(child, index), item));
	}

	/** Opens when nothing else can happen, and after all gates that lie deeper. */
	private static DurableFuture<String> gate(Place at, int depth) {
		return RetryPrograms.gate(at.context(), at.probe(), at.name("gate"), depth);
	}

	/**
	 * Run a statement, and then wait for what never happens. What it waits for is
	 * recorded first: that alone tells later that a flat branch has begun.
	 */
	private static String runLeft(Place at, Statement statement) {
		DurableCallback<String> never = at.context().createCallback(at.name("never"), String.class);
		BlockStatements.caught(() -> statement.run(at));
		return never.get();
	}

	record Parallel(Shape shape, List<Statement> branches) implements Statement {

		@Override
		public String run(Place at) {
			return describe(runParallel(at, this.branches.size(), this.shape.options(CompletionConfig.allCompleted()),
					(place, i) -> this.branches.get(i).run(place)));
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>();
			this.branches.forEach((branch) -> simpler.add(new BlockStatements.Attempt(branch)));
			this.shape.simpler().forEach((shape) -> simpler.add(new Parallel(shape, this.branches)));
			BlockStatements.simpler(this.branches).forEach((fewer) -> simpler.add(new Parallel(this.shape, fewer)));
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("parallel", this.shape, this.branches);
		}

	}

	record MapOf(Shape shape, int items, Statement body) implements Statement {

		@Override
		public String run(Place at) {
			return describe(runMap(at, this.items, this.shape.options(CompletionConfig.allCompleted()),
					(place, i) -> this.body.run(place)));
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>(List.of(new BlockStatements.Attempt(this.body)));
			if (this.items > 0) {
				simpler.add(new MapOf(this.shape, this.items - 1, this.body));
			}
			this.shape.simpler().forEach((shape) -> simpler.add(new MapOf(shape, this.items, this.body)));
			this.body.simpler().forEach((other) -> simpler.add(new MapOf(this.shape, this.items, other)));
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("map", this.shape, this.items, this.body);
		}

	}

	/**
	 * Flat branches leave no record of their end, so what an earlier invocation saw
	 * ending may be open again when the gate opens: they end on the condition, which
	 * counts all of them.
	 */
	record Race(Finish finish, Shape shape, List<Statement> free, List<Statement> left) implements Statement {

		Race {
			finish = (shape.nesting == NestingType.FLAT) ? Finish.CONDITION : finish;
		}

		@Override
		public String run(Place at) {
			BatchOptions options = this.shape.options(this.finish.completion(this.free));
			int branches = this.free.size() + 1 + this.left.size();
			// an even number of branches makes a map, so that both are tried
			BatchResult<String> result = (branches % 2 == 0) ? runMap(at, branches, options, this::branch)
					: runParallel(at, branches, options, this::branch);
			// when the gate opens the free ones have ended, and the others fill all
			// places
			long begun = Math.min(branches, (long) this.free.size() + options.maxConcurrency());
			at.probe()
				.expect(result.totalCount() == begun, "%s began %d branches".formatted(this, result.totalCount()));
			return describe(result);
		}

		private String branch(Place at, int i) {
			if (i < this.free.size()) {
				return this.free.get(i).run(at);
			}
			if (i > this.free.size()) {
				return runLeft(at, this.left.get(i - this.free.size() - 1));
			}
			String opened = gate(at, at.depth() - 1).get();
			if (this.finish == Finish.FAILURES) {
				throw new IllegalStateException("Out of order, as expected, when " + opened);
			}
			return opened;
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>();
			Stream.concat(this.free.stream(), this.left.stream())
				.forEach((branch) -> simpler.add(new BlockStatements.Attempt(branch)));
			this.shape.simpler().forEach((shape) -> simpler.add(new Race(this.finish, shape, this.free, this.left)));
			BlockStatements.simpler(this.free)
				.forEach((fewer) -> simpler.add(new Race(this.finish, this.shape, fewer, this.left)));
			BlockStatements.simpler(this.left)
				.forEach((fewer) -> simpler.add(new Race(this.finish, this.shape, this.free, fewer)));
			return simpler;
		}

		@Override
		public String toString() {
			return "race(%s, %s, %s, %s)".formatted(this.finish, this.shape, Statement.text("List.of", this.free),
					Statement.text("List.of", this.left));
		}

	}

	/**
	 * On replay, two of the futures have ended, but the same one wins: the second gate
	 * opens when the first has been passed.
	 */
	record AnyOf(List<Statement> left) implements Statement {

		@Override
		public String run(Place at) {
			List<DurableFuture<String>> futures = new ArrayList<>();
			for (int i = 0; i < this.left.size(); i++) {
				Statement statement = this.left.get(i);
				Place place = at.at(i);
				futures.add(at.context()
					.runInChildContextAsync(place.name("left"), String.class,
							(child) -> runLeft(place.in(child), statement)));
			}
			futures.add(at.context().runInChildContextAsync(at.name("later"), String.class, (child) -> {
				gate(at.in(child, "later"), at.depth()).get();
				return "later";
			}));
			DurableFuture<String> later = futures.get(this.left.size());
			// neither the first nor the last one may win for its place in the list
			futures.add((this.left.size() % 2 == 0) ? 0 : futures.size(), gate(at, at.depth() + 1));
			String winner = at.context().anyOf(at.name("any"), futures).get();
			return winner + ", then " + later.get();
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>();
			this.left.forEach((statement) -> simpler.add(new BlockStatements.Attempt(statement)));
			BlockStatements.simpler(this.left).forEach((fewer) -> simpler.add(new AnyOf(fewer)));
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("anyOf", this.left);
		}

	}

}
