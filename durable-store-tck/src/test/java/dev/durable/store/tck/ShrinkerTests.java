package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static dev.durable.store.tck.RandomCase.after;
import static dev.durable.store.tck.RandomCase.before;
import static dev.durable.store.tck.Statement.async;
import static dev.durable.store.tck.Statement.attempt;
import static dev.durable.store.tck.Statement.callback;
import static dev.durable.store.tck.Statement.child;
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
import static org.assertj.core.api.Assertions.assertThat;

class ShrinkerTests {

	private static final int ENOUGH = 100_000;

	private final Statement program = seq(step(3), child(once()),
			parallel(BatchStatements.Shape.TWO,
					seq(step(0), attempt(odd()),
							retry(2, async(submitted(Witness.Answer.FAIL, 1), pause(7), largeChild(step(2))))),
					map(BatchStatements.Shape.FLAT_ALL, 3, seq(once(), step(0)))),
			race(BatchStatements.Finish.FAILURES, BatchStatements.Shape.ONE, List.of(step(1)), List.of(pause(3))));

	@Test
	void shrinkWhenOneStatementIsToBlameKeepsOnlyThat() {
		assertThat(shrunk(this.program, (text) -> text.contains("pause"))).hasToString("pause(1)");
		assertThat(shrunk(this.program, (text) -> text.contains("odd"))).hasToString("odd()");
	}

	@Test
	void shrinkWhenANestingIsToBlameKeepsTheNesting() {
		assertThat(shrunk(this.program, (text) -> text.matches(".*retry\\(.*pause.*")))
			.hasToString("retry(0, pause(1))");
		assertThat(shrunk(this.program, (text) -> text.matches(".*map\\(\\w+, [2-9].*once.*")))
			.hasToString("map(ALL, 2, once())");
	}

	@Test
	void shrinkWhenANumberIsToBlameReducesItToTheLeastThatFails() {
		assertThat(shrunk(seq(step(0), step(3)), (text) -> text.matches(".*step\\([23]\\).*"))).hasToString("step(2)");
	}

	@Test
	void shrinkWhenCrashesAreToBlameKeepsThoseThatMatter() {
		RandomCase failing = RandomCase.of(this.program, before(3), after(9), before(2));
		Shrinker<RandomCase> shrinker = new Shrinker<>(RandomCase::simpler,
				(candidate) -> candidate.crashes().contains(after(9)), ENOUGH);
		assertThat(shrinker.shrink(failing)).hasToString("RandomCase.of(step(0), after(9))");
	}

	@Test
	void shrinkWhenNothingSimplerFailsReturnsWhatItWasGiven() {
		Statement program = seq(step(1), callback(Witness.Answer.FAIL));
		assertThat(shrunk(program, (text) -> false)).isSameAs(program);
	}

	@Test
	void shrinkWhenItHasTriedOftenEnoughStops() {
		List<Integer> tried = new ArrayList<>();
		Shrinker<Integer> shrinker = new Shrinker<>((number) -> Stream.of(number - 1), tried::add, 3);
		assertThat(shrinker.shrink(10)).isEqualTo(7);
		assertThat(tried).containsExactly(9, 8, 7);
	}

	private static Statement shrunk(Statement program, Predicate<String> blame) {
		return new Shrinker<Statement>((failing) -> failing.simpler().stream(),
				(candidate) -> blame.test(candidate.toString()), ENOUGH)
			.shrink(program);
	}

}
