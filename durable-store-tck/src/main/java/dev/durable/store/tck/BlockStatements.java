package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.durable.DurableFuture;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;

/** Statements that contain others and run each of them to its end. */
final class BlockStatements {

	/** More than a checkpoint may hold. */
	private static final String LARGE = "x".repeat(263_000);

	private static final int MOST_ATTEMPTS = 3;

	private static final RetryStrategy RETRY = (error, attempt) -> (attempt < MOST_ATTEMPTS)
			? RetryDecision.retryAfter(Duration.ofSeconds(1)) : RetryDecision.fail();

	private BlockStatements() {
	}

	/** Tell what something came to, also when it failed. */
	static String caught(Supplier<?> body) {
		try {
			return String.valueOf(body.get());
		}
		catch (RuntimeException ex) {
			return "%s (%s)".formatted(ex.getClass().getSimpleName(), ex.getMessage());
		}
	}

	/** All lists with one statement fewer, or with one that is simpler. */
	static List<List<Statement>> simpler(List<Statement> statements) {
		List<List<Statement>> simpler = new ArrayList<>();
		for (int i = 0; i < statements.size(); i++) {
			List<Statement> without = new ArrayList<>(statements);
			without.remove(i);
			simpler.add(List.copyOf(without));
		}
		for (int i = 0; i < statements.size(); i++) {
			for (Statement replacement : statements.get(i).simpler()) {
				List<Statement> with = new ArrayList<>(statements);
				with.set(i, replacement);
				simpler.add(List.copyOf(with));
			}
		}
		return simpler;
	}

	record Seq(List<Statement> statements) implements Statement {

		@Override
		public String run(Place at) {
			List<String> results = new ArrayList<>();
			for (int i = 0; i < this.statements.size(); i++) {
				results.add(this.statements.get(i).run(at.at(i)));
			}
			return results.toString();
		}

		@Override
		public boolean fails() {
			return this.statements.stream().anyMatch(Statement::fails);
		}

		@Override
		public List<Statement> simpler() {
			Stream<Statement> parts = (this.statements.size() == 1) ? this.statements.stream() : Stream.empty();
			return Stream.concat(parts, BlockStatements.simpler(this.statements).stream().map(Seq::new)).toList();
		}

		@Override
		public String toString() {
			return Statement.text("seq", this.statements);
		}

	}

	record Attempt(Statement body) implements Statement {

		@Override
		public String run(Place at) {
			return caught(() -> this.body.run(at.at("attempt")));
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			return Stream.concat(Stream.of(this.body), this.body.simpler().stream().map(Attempt::new)).toList();
		}

		@Override
		public String toString() {
			return Statement.text("attempt", this.body);
		}

	}

	record Child(Statement body) implements Statement {

		@Override
		public String run(Place at) {
			return at.context()
				.runInChildContext(at.name("child"), String.class, (child) -> this.body.run(at.in(child)));
		}

		@Override
		public boolean fails() {
			return this.body.fails();
		}

		@Override
		public List<Statement> simpler() {
			return Stream.concat(Stream.of(this.body), this.body.simpler().stream().map(Child::new)).toList();
		}

		@Override
		public String toString() {
			return Statement.text("child", this.body);
		}

	}

	record LargeChild(Statement body) implements Statement {

		@Override
		public String run(Place at) {
			String large = at.context()
				.runInChildContext(at.name("large"), String.class, (child) -> this.body.run(at.in(child)) + LARGE);
			return large.endsWith(LARGE) + large.substring(0, large.length() - LARGE.length());
		}

		@Override
		public boolean fails() {
			return this.body.fails();
		}

		@Override
		public List<Statement> simpler() {
			return Stream
				.concat(Stream.of(this.body, new Child(this.body)), this.body.simpler().stream().map(LargeChild::new))
				.toList();
		}

		@Override
		public String toString() {
			return Statement.text("largeChild", this.body);
		}

	}

	record Async(Statement meanwhile, List<Statement> others) implements Statement {

		@Override
		public String run(Place at) {
			List<DurableFuture<?>> futures = new ArrayList<>();
			for (int i = 0; i < this.others.size(); i++) {
				futures.add(this.others.get(i).begin(at.at(i)));
			}
			// what runs beside must end before this does, whatever fails
			String result = caught(() -> this.meanwhile.run(at.at("meanwhile")));
			return result + futures.stream().map((future) -> caught(future::get)).toList();
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>();
			simpler.add(new Attempt(this.meanwhile));
			this.others.forEach((other) -> simpler.add(new Attempt(other)));
			this.meanwhile.simpler().forEach((other) -> simpler.add(new Async(other, this.others)));
			BlockStatements.simpler(this.others).forEach((fewer) -> simpler.add(new Async(this.meanwhile, fewer)));
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("async", this.meanwhile, this.others);
		}

	}

	record Retry(int failures, Statement body) implements Statement {

		@Override
		public String run(Place at) {
			return at.context().withRetry(at.name("retry"), RETRY, (child, attempt) -> {
				String result = this.body.run(at.in(child, attempt));
				if (attempt <= this.failures) {
					throw new IllegalStateException("Out of order, as expected, in attempt " + attempt);
				}
				return result;
			});
		}

		@Override
		public boolean fails() {
			return this.failures >= MOST_ATTEMPTS || this.body.fails();
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>(List.of(this.body));
			if (this.failures > 0) {
				simpler.add(new Retry(this.failures - 1, this.body));
			}
			this.body.simpler().forEach((other) -> simpler.add(new Retry(this.failures, other)));
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("retry", this.failures, this.body);
		}

	}

}
