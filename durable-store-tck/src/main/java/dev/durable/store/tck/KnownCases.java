package dev.durable.store.tck;

import java.util.List;
import java.util.stream.Stream;

import dev.durable.store.tck.BatchStatements.Finish;
import dev.durable.store.tck.BatchStatements.Shape;
import dev.durable.store.tck.LeafStatements.End;
import dev.durable.store.tck.BodyListener.Answer;

import static dev.durable.store.tck.RandomCase.after;
import static dev.durable.store.tck.RandomCase.before;
import static dev.durable.store.tck.Statement.anyOf;
import static dev.durable.store.tck.Statement.async;
import static dev.durable.store.tck.Statement.attempt;
import static dev.durable.store.tck.Statement.callback;
import static dev.durable.store.tck.Statement.child;
import static dev.durable.store.tck.Statement.condition;
import static dev.durable.store.tck.Statement.invoke;
import static dev.durable.store.tck.Statement.largeChild;
import static dev.durable.store.tck.Statement.map;
import static dev.durable.store.tck.Statement.odd;
import static dev.durable.store.tck.Statement.once;
import static dev.durable.store.tck.Statement.parallel;
import static dev.durable.store.tck.Statement.pause;
import static dev.durable.store.tck.Statement.race;
import static dev.durable.store.tck.Statement.retry;
import static dev.durable.store.tck.Statement.seq;
import static dev.durable.store.tck.Statement.step;
import static dev.durable.store.tck.Statement.submitted;

/**
 * Cases that are always run: one for each kind of statement, and those that failed once.
 */
final class KnownCases {

	private KnownCases() {
	}

	static Stream<RandomCase> all() {
		return Stream.concat(kinds(), failedOnce());
	}

	private static Stream<RandomCase> kinds() {
		return Stream.of(
				RandomCase.of(seq(step(0), attempt(step(4)), step(2), once(), attempt(odd())), after(4), before(2)),
				RandomCase.of(seq(pause(7), callback(Answer.SUCCEED), invoke(false)), after(3), after(3)),
				RandomCase.of(
						seq(attempt(callback(Answer.FAIL)), attempt(callback(Answer.IGNORE)), attempt(invoke(true))),
						after(4), before(3)),
				RandomCase.of(seq(submitted(Answer.SUCCEED, 2), attempt(submitted(Answer.IGNORE, 0)),
						attempt(submitted(Answer.SUCCEED, 4))), before(5), after(2), before(3)),
				RandomCase.of(seq(condition(3, End.MET), attempt(condition(2, End.THROWN)),
						attempt(condition(2, End.GIVEN_UP))), after(3), before(2), after(3)),
				RandomCase.of(child(seq(largeChild(seq(step(0), pause(3))), step(1))), after(6), after(1)),
				RandomCase.of(async(seq(step(1), once()), step(0), pause(2), child(step(2))), before(3), after(2)),
				RandomCase.of(retry(2, seq(step(0), pause(1))), after(6), before(2), after(4)),
				RandomCase.of(attempt(retry(3, step(0))), after(7), before(1)),
				RandomCase.of(parallel(Shape.TWO, seq(step(0), pause(2)), odd(), step(1)), after(4), after(3)),
				RandomCase.of(parallel(Shape.FLAT_ALL, seq(once(), pause(2)), odd()), before(5), after(1)),
				RandomCase.of(map(Shape.ALL, 3, map(Shape.ONE, 2, step(1))), after(8), before(4), before(2)),
				RandomCase.of(race(Finish.FAILURES, Shape.TWO, List.of(step(4)), List.of(step(1), step(0))), after(6),
						after(2)),
				RandomCase.of(race(Finish.SUCCESSES, Shape.ALL, List.of(pause(2), odd()), List.of(once())), after(5),
						before(4)),
				RandomCase.of(race(Finish.CONDITION, Shape.FLAT_TWO, List.of(step(1)), List.of(step(0))), before(7)),
				RandomCase.of(seq(anyOf(seq(step(1), pause(2))), pause(1)), after(9), after(3)));
	}

	/** Paste the simplest form that a failing test tells here. */
	private static Stream<RandomCase> failedOnce() {
		return Stream.of(
				// a flat branch that began before the invocation was not among the items
				RandomCase.of(race(Finish.CONDITION, Shape.FLAT_ALL, List.of(), List.of(step(0)))));
	}

}
