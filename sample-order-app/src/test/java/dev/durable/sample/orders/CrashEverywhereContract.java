package dev.durable.sample.orders;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import dev.durable.HistoryEvent;
import dev.durable.store.tck.CrashPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills the order service at every append of an order's life, and starts it again. */
abstract class CrashEverywhereContract {

	private static final Order ORDER = new Order("order-1", "lamp", 2, 60_000, "tok_visa");

	/** Return storage that is empty. */
	abstract Storage freshStorage();

	/** How many appends there are for one that is tried, beginning at a random one. */
	int stride() {
		return 1;
	}

	@Test
	@Timeout(60)
	void orderWhenNothingCrashesRecordsEachOperationOnce() {
		Life life = live(MortalProcess.NEVER);
		assertThat(life.crashed()).isFalse();
		assertThat(life.operations().stream().map((line) -> line.split(" ")[1])).containsExactly("reserve-stock",
				"charge-card", "cooling-off", "remember-approval", "ask-approver", "approval", "ship");
	}

	@ParameterizedTest
	@EnumSource
	@Timeout(300)
	void orderWhenTheProcessDiesAtAnyAppendEndsAsIfItHadNot(CrashPoint.Moment moment) {
		Life expected = live(MortalProcess.NEVER);
		int append = 1 + ThreadLocalRandom.current().nextInt(stride());
		Life life = live(new CrashPoint(append, moment));
		while (life.crashed()) {
			assertThat(life.outcome()).as("%s append %d", moment, append).isEqualTo(expected.outcome());
			assertEffects(life, expected, "%s append %d".formatted(moment, append));
			assertThat(life.operations()).as("%s append %d", moment, append)
				.containsExactlyInAnyOrderElementsOf(expected.operations());
			append += stride();
			life = live(new CrashPoint(append, moment));
		}
		assertThat(append).as("appends of an order's life").isGreaterThan(10);
	}

	/**
	 * What a step does can only be undone with its record where both are in one database;
	 * elsewhere the step is repeated, and its receipt keeps it from doing it again.
	 */
	private static void assertEffects(Life life, Life expected, String point) {
		assertThat(life.effects()).as(point).isEqualTo(expected.effects());
		assertThat(life.balanced()).as(point).isTrue();
		assertThat(life.repeated()).as("%s: a crash cuts off one attempt of one step at most", point)
			.isBetween(0L, life.transactional() ? 0L : 1L);
	}

	/** Live an order's life to its end, with a second process if the first one dies. */
	private Life live(CrashPoint crashPoint) {
		Storage storage = freshStorage();
		try (MortalProcess first = new MortalProcess(storage, crashPoint)) {
			Life life = live(first);
			if (life != null) {
				return life;
			}
		}
		try (MortalProcess second = new MortalProcess(storage, MortalProcess.NEVER)) {
			return live(second).afterCrash();
		}
	}

	private static Life live(MortalProcess process) {
		try {
			process.place(ORDER);
			OrderOutcome outcome = null;
			while (outcome == null && !process.isDead()) {
				process.approve(ORDER);
				outcome = process.outcome(ORDER);
			}
			return process.isDead() ? null : Life.of(process, outcome);
		}
		catch (Throwable ex) {
			if (process.isDead()) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * What is left of an order.
	 *
	 * @param outcome how it ended
	 * @param effects its rows of each kind
	 * @param operations each recorded outcome, as id, name, type and payload
	 * @param balanced whether the books balance
	 * @param repeated attempts to do what was done before
	 * @param transactional whether steps commit with their effects
	 * @param crashed whether a process died on the way
	 */
	private record Life(OrderOutcome outcome, Map<String, Long> effects, List<String> operations, boolean balanced,
			long repeated, boolean transactional, boolean crashed) {

		static Life of(MortalProcess process, OrderOutcome outcome) {
			Audit audit = process.audit();
			return new Life(outcome, process.effects(ORDER),
					process.history(ORDER)
						.stream()
						.filter(Life::isOutcome)
						.map(Life::text)
						.collect(Collectors.toList()),
					audit.stockBalanced() && audit.paymentsBalanced() && audit.doubled() == 0 && audit.lost() == 0,
					audit.repeated(), process.isTransactional(), false);
		}

		Life afterCrash() {
			return new Life(this.outcome, this.effects, this.operations, this.balanced, this.repeated,
					this.transactional, true);
		}

		private static boolean isOutcome(HistoryEvent event) {
			return event.operation() != null && event.type().text().endsWith("Succeeded");
		}

		private static String text(HistoryEvent event) {
			return "%s %s %s %s".formatted(event.operation().id(), event.operation().name(), event.type().text(),
					event.payload());
		}

	}

}
