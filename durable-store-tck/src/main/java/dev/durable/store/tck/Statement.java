package dev.durable.store.tck;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import dev.durable.DurableFuture;
import dev.durable.store.tck.BatchStatements.AnyOf;
import dev.durable.store.tck.BatchStatements.MapOf;
import dev.durable.store.tck.BatchStatements.Parallel;
import dev.durable.store.tck.BatchStatements.Race;
import dev.durable.store.tck.BlockStatements.Async;
import dev.durable.store.tck.BlockStatements.Attempt;
import dev.durable.store.tck.BlockStatements.Child;
import dev.durable.store.tck.BlockStatements.LargeChild;
import dev.durable.store.tck.BlockStatements.Retry;
import dev.durable.store.tck.BlockStatements.Seq;
import dev.durable.store.tck.LeafStatements.Callback;
import dev.durable.store.tck.LeafStatements.Condition;
import dev.durable.store.tck.LeafStatements.Invoke;
import dev.durable.store.tck.LeafStatements.Odd;
import dev.durable.store.tck.LeafStatements.Once;
import dev.durable.store.tck.LeafStatements.Step;
import dev.durable.store.tck.LeafStatements.SubmittedCallback;
import dev.durable.store.tck.LeafStatements.Wait;

/**
 * A part of a random program. Its text is the Java expression that makes it, so that a
 * program which failed can be pasted into {@link KnownCases}.
 * <p>
 * What a statement comes to, and which operations it records, depends on nothing but the
 * statement: not on threads, on time or on crashes.
 */
sealed interface Statement permits Step, Once, Odd, Wait, Callback, SubmittedCallback, Condition, Invoke, Seq, Attempt,
		Child, LargeChild, Async, Retry, Parallel, MapOf, Race, AnyOf {

	/**
	 * Run the statement.
	 * @param at where
	 * @return what it came to, with all that it saw on the way
	 */
	String run(Place at);

	/** Begin the statement without waiting for its end. */
	default DurableFuture<?> begin(Place at) {
		return at.context().runInChildContextAsync(at.name("async"), String.class, (child) -> run(at.in(child)));
	}

	/** Whether it throws, in every run. */
	boolean fails();

	/** Similar statements that are simpler. */
	List<Statement> simpler();

	/** A step that fails in its first attempts, of which it has four. */
	static Statement step(int failures) {
		return new Step(failures);
	}

	/** A step that runs at most once per attempt and does not fail. */
	static Statement once() {
		return new Once();
	}

	/** A step that fails with an exception that cannot be rebuilt. */
	static Statement odd() {
		return new Odd();
	}

	/** A pause of some seconds. */
	static Statement pause(int seconds) {
		return new Wait(seconds);
	}

	/** A callback whose id a step gives away. */
	static Statement callback(BodyListener.Answer answer) {
		return new Callback(answer);
	}

	/**
	 * A waitForCallback whose submitter fails in its first attempts, of which it has
	 * four.
	 */
	static Statement submitted(BodyListener.Answer answer, int failures) {
		return new SubmittedCallback(answer, failures);
	}

	/** A condition that is looked at some times before it comes to its end. */
	static Statement condition(int checks, LeafStatements.End end) {
		return new Condition(checks, end);
	}

	/** A chained invoke. */
	static Statement invoke(boolean fails) {
		return new Invoke(fails);
	}

	/** Statements one after the other, until one fails. */
	static Statement seq(Statement... statements) {
		return new Seq(List.of(statements));
	}

	/** A statement whose failure is caught. */
	static Statement attempt(Statement body) {
		return new Attempt(body);
	}

	/** A child context. */
	static Statement child(Statement body) {
		return new Child(body);
	}

	/** A child context whose result is too large to be recorded. */
	static Statement largeChild(Statement body) {
		return new LargeChild(body);
	}

	/** The first statement while the others run beside it. */
	static Statement async(Statement meanwhile, Statement... others) {
		return new Async(meanwhile, List.of(others));
	}

	/** A withRetry whose first attempts, of at most three, fail at their end. */
	static Statement retry(int failures, Statement body) {
		return new Retry(failures, body);
	}

	/** A parallel whose branches all run to their ends. */
	static Statement parallel(BatchStatements.Shape shape, Statement... branches) {
		return new Parallel(shape, List.of(branches));
	}

	/** A map whose items all run to their ends. */
	static Statement map(BatchStatements.Shape shape, int items, Statement body) {
		return new MapOf(shape, items, body);
	}

	/**
	 * A map or parallel that ends early: when the free statements and a gate have ended,
	 * while the left ones wait for something that never happens.
	 */
	static Statement race(BatchStatements.Finish finish, BatchStatements.Shape shape, List<Statement> free,
			List<Statement> left) {
		return new Race(finish, shape, free, left);
	}

	/**
	 * An anyOf that a gate wins while the statements wait for something that never
	 * happens.
	 */
	static Statement anyOf(Statement... left) {
		return new AnyOf(List.of(left));
	}

	/** The text of a statement's factory call. */
	static String text(String factory, Object... arguments) {
		return Arrays.stream(arguments)
			.map((argument) -> (argument instanceof List<?> list) ? list(list) : argument.toString())
			.filter((argument) -> !argument.isEmpty())
			.collect(Collectors.joining(", ", factory + "(", ")"));
	}

	private static String list(List<?> statements) {
		return statements.stream().map(Object::toString).collect(Collectors.joining(", "));
	}

}
