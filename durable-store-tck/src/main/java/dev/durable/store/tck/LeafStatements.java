package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.durable.CallbackOptions;
import dev.durable.ConditionOptions;
import dev.durable.DurableCallback;
import dev.durable.DurableFuture;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.TypeRef;
import dev.durable.WaitDecision;
import dev.durable.WaitForCallbackOptions;
import dev.durable.WaitStrategy;

/** Statements of one operation. */
final class LeafStatements {

	private static final int ATTEMPTS = 4;

	private static final StepOptions RETRIED = StepOptions.defaults().withRetry(StepPrograms.upTo(ATTEMPTS));

	/** More attempts than there are crashes, each of which may cost one. */
	private static final StepOptions ONCE = new StepOptions(StepSemantics.AT_MOST_ONCE_PER_RETRY,
			StepPrograms.upTo(50));

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private LeafStatements() {
	}

	/**
	 * What steps return: its number is a {@code Long} before it has been through the
	 * codec, and an {@code Integer} after.
	 *
	 * @param at where
	 * @param number a number
	 */
	record Mark(String at, Object number) {

		static final TypeRef<Mark> TYPE = TypeRef.of(Mark.class);

		static Mark of(Place at) {
			return new Mark(at.path(), 5L);
		}

		@Override
		public String toString() {
			return this.at + ":" + this.number.getClass().getSimpleName();
		}

	}

	/** Has no constructor that takes a message. */
	static final class OddException extends RuntimeException {

		OddException(int number) {
			super("Odd number " + number);
		}

	}

	record Step(int failures) implements Statement {

		@Override
		public String run(Place at) {
			return at.context()
				.step(at.name("step"), Mark.TYPE, RETRIED,
						(step) -> at.probe().runAfter(step, this.failures, Mark.of(at)))
				.toString();
		}

		@Override
		public DurableFuture<?> begin(Place at) {
			return at.context()
				.stepAsync(at.name("step"), Mark.TYPE, RETRIED,
						(step) -> at.probe().runAfter(step, this.failures, Mark.of(at)));
		}

		@Override
		public boolean fails() {
			return this.failures >= ATTEMPTS;
		}

		@Override
		public List<Statement> simpler() {
			return (this.failures > 0) ? List.of(new Step(0), new Step(this.failures - 1)) : List.of();
		}

		@Override
		public String toString() {
			return Statement.text("step", this.failures);
		}

	}

	record Once() implements Statement {

		@Override
		public String run(Place at) {
			return at.context()
				.step(at.name("once"), Mark.TYPE, ONCE, (step) -> at.probe().runOnce(step, Mark.of(at)))
				.toString();
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			return List.of(new Step(0));
		}

		@Override
		public String toString() {
			return Statement.text("once");
		}

	}

	record Odd() implements Statement {

		@Override
		public String run(Place at) {
			return at.context()
				.step(at.name("odd"), Mark.TYPE, StepOptions.defaults().withRetry(RetryStrategy.none()), (step) -> {
					at.probe().run(step, at);
					throw new OddException(7);
				})
				.toString();
		}

		@Override
		public boolean fails() {
			return true;
		}

		@Override
		public List<Statement> simpler() {
			return List.of(new Step(0), new Step(ATTEMPTS));
		}

		@Override
		public String toString() {
			return Statement.text("odd");
		}

	}

	record Wait(int seconds) implements Statement {

		@Override
		public String run(Place at) {
			at.context().wait(at.name("wait"), Duration.ofSeconds(this.seconds));
			return "waited";
		}

		@Override
		public DurableFuture<?> begin(Place at) {
			return at.context().waitAsync(at.name("wait"), Duration.ofSeconds(this.seconds));
		}

		@Override
		public boolean fails() {
			return false;
		}

		@Override
		public List<Statement> simpler() {
			return (this.seconds > 1) ? List.of(new Step(0), new Wait(1)) : List.of(new Step(0));
		}

		@Override
		public String toString() {
			return Statement.text("pause", this.seconds);
		}

	}

	record Callback(BodyListener.Answer answer) implements Statement {

		@Override
		public String run(Place at) {
			DurableCallback<String> callback = at.context()
				.createCallback(at.name("callback"), String.class, timeout(this.answer));
			at.context()
				.step(at.name("ask"), String.class,
						(step) -> at.probe().publish(step, this.answer, callback.callbackId()));
			return callback.get();
		}

		@Override
		public boolean fails() {
			return this.answer != BodyListener.Answer.SUCCEED;
		}

		@Override
		public List<Statement> simpler() {
			return (this.answer != BodyListener.Answer.SUCCEED)
					? List.of(new Step(0), new Step(ATTEMPTS), new Callback(BodyListener.Answer.SUCCEED))
					: List.of(new Step(0));
		}

		@Override
		public String toString() {
			return Statement.text("callback", this.answer);
		}

	}

	record SubmittedCallback(BodyListener.Answer answer, int failures) implements Statement {

		@Override
		public String run(Place at) {
			// what nobody waits for any more must not time out sooner or later
			boolean published = this.failures < ATTEMPTS;
			WaitForCallbackOptions options = new WaitForCallbackOptions(
					published ? timeout(this.answer) : CallbackOptions.defaults(), RETRIED);
			return at.context()
				.waitForCallback(at.name("submitted"), TypeRef.of(String.class), options, (callbackId, step) -> {
					at.probe().runAfter(step, this.failures, callbackId);
					at.probe().publish(step, this.answer, callbackId);
				});
		}

		@Override
		public boolean fails() {
			return this.failures >= ATTEMPTS || this.answer != BodyListener.Answer.SUCCEED;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>(new Callback(this.answer).simpler());
			simpler.add(new Callback(this.answer));
			if (this.failures > 0) {
				simpler.add(new SubmittedCallback(this.answer, this.failures - 1));
			}
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("submitted", this.answer, this.failures);
		}

	}

	private static CallbackOptions timeout(BodyListener.Answer answer) {
		return (answer == BodyListener.Answer.IGNORE) ? CallbackOptions.defaults().withTimeout(TIMEOUT)
				: CallbackOptions.defaults();
	}

	/** How a condition ends. */
	enum End {

		MET, GIVEN_UP, THROWN

	}

	record Condition(int checks, End end) implements Statement {

		@Override
		public String run(Place at) {
			WaitStrategy<Integer> strategy = (state, attempt) -> (state < this.checks)
					? WaitDecision.continueAfter(Duration.ofSeconds(1))
					: (this.end == End.MET) ? WaitDecision.stop() : WaitDecision.giveUp();
			return "met " + at.context()
				.waitForCondition(at.name("condition"), Integer.class, ConditionOptions.of(0, strategy),
						(state, step) -> at.probe().run(step, next(state)));
		}

		private int next(int state) {
			if (state + 1 == this.checks && this.end == End.THROWN) {
				throw new IllegalStateException("Out of order, as expected");
			}
			return state + 1;
		}

		@Override
		public boolean fails() {
			return this.end != End.MET;
		}

		@Override
		public List<Statement> simpler() {
			List<Statement> simpler = new ArrayList<>(List.of(new Step(0), new Step(ATTEMPTS)));
			if (this.checks > 1) {
				simpler.add(new Condition(this.checks - 1, this.end));
			}
			return simpler;
		}

		@Override
		public String toString() {
			return Statement.text("condition", this.checks, this.end);
		}

	}

	record Invoke(boolean fails) implements Statement {

		@Override
		public String run(Place at) {
			String function = this.fails ? "invoked-fails" : "invoked";
			return at.context().invoke(at.name("invoke"), function, at.path(), String.class);
		}

		@Override
		public List<Statement> simpler() {
			return List.of(new Step(0), new Step(ATTEMPTS));
		}

		@Override
		public String toString() {
			return Statement.text("invoke", this.fails);
		}

	}

}
