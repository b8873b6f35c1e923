package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;

/** Programs that try operations again together, or go on with the first that ends. */
final class RetryPrograms {

	private static final RetryStrategy TWICE = (error, attempt) -> (attempt < 3)
			? RetryDecision.retryAfter(Duration.ofSeconds(2L * attempt)) : RetryDecision.fail();

	private RetryPrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(CrashProgram.of("with-retry", RetryPrograms::withRetry),
				CrashProgram.of("with-retry-of-a-step", RetryPrograms::ofAStep),
				CrashProgram.of("with-retry-exhausted", RetryPrograms::exhausted),
				CrashProgram.of("async-with-retry", RetryPrograms::asyncRetry),
				CrashProgram.of("any-of-steps", RetryPrograms::anyOfSteps),
				CrashProgram.of("any-of-callbacks", RetryPrograms::anyOfCallbacks),
				CrashProgram.of("any-of-failure", RetryPrograms::anyOfFailure));
	}

	private static String withRetry(DurableContext context, Probe probe) {
		String result = context.withRetry("all", TWICE, (child, attempt) -> attempt(child, probe, attempt, 2));
		return result + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String attempt(DurableContext child, Probe probe, int attempt, int failures) {
		String first = child.step("first", String.class, (step) -> probe.run(step, "first " + attempt));
		child.wait("pause", Duration.ofSeconds(1));
		if (attempt <= failures) {
			throw new UnsupportedOperationException("Not supported, as expected");
		}
		return first + child.step("second", String.class, (step) -> probe.run(step, "second " + attempt));
	}

	/**
	 * Which attempt succeeds depends on what is recorded, not on the attempt's number.
	 */
	private static String ofAStep(DurableContext context, Probe probe) {
		int counted = context.step("failures", Integer.class, (step) -> probe.run(step, 1));
		return context.withRetry(null, TWICE, (child, attempt) -> child.step("flaky", String.class, StepPrograms.ONCE,
				(step) -> probe.runAfter(step, (attempt <= counted) ? 1 : 0, "done " + attempt)));
	}

	private static String exhausted(DurableContext context, Probe probe) {
		try {
			return context.withRetry("all", TWICE, (child, attempt) -> attempt(child, probe, attempt, 9));
		}
		catch (UnsupportedOperationException ex) {
			return context.step("compensate", String.class, (step) -> probe.run(step, "compensated"));
		}
	}

	private static String asyncRetry(DurableContext context, Probe probe) {
		DurableFuture<String> left = context.withRetryAsync("left", TWICE,
				(child, attempt) -> attempt(child, probe, attempt, 1));
		DurableFuture<String> right = context.withRetryAsync("right", TWICE,
				(child, attempt) -> attempt(child, probe, attempt, 2));
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		return meanwhile + left.get() + right.get();
	}

	/** Only one can end: the others wait for callbacks that nobody completes. */
	private static String anyOfSteps(DurableContext context, Probe probe) {
		DurableFuture<String> never = context.createCallback("never", String.class);
		DurableFuture<String> blocked = context.runInChildContextAsync("blocked", String.class, (child) -> {
			child.step("before", String.class, (step) -> probe.run(step, "before"));
			return child.createCallback("never", String.class).get();
		});
		DurableFuture<String> gate = gate(context, probe, "gate", 1);
		String winner = context.anyOf("first", List.of(never, blocked, gate)).get();
		return winner + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	/**
	 * All have ended when the last part is replayed, but the same one wins: the second
	 * gate opens first, and the first only after that.
	 */
	private static String anyOfCallbacks(DurableContext context, Probe probe) {
		DurableFuture<String> late = context.runInChildContextAsync("late", String.class,
				(child) -> gate(child, probe, "late gate", 1).get() + " late");
		DurableFuture<String> early = context.runInChildContextAsync("early", String.class,
				(child) -> gate(child, probe, "early gate", 2).get() + " early");
		String winner = context.anyOf("first", List.of(late, early)).get();
		String used = context.step("use", String.class, (step) -> probe.run(step, winner));
		String last = late.get();
		context.wait("pause", Duration.ofSeconds(3));
		return context.anyOf("again", List.of(late, early)).get() + used + last;
	}

	private static String anyOfFailure(DurableContext context, Probe probe) {
		DurableFuture<String> never = context.createCallback("never", String.class);
		DurableFuture<String> fails = context.runInChildContextAsync("fails", String.class,
				(child) -> child.step("fails", String.class, StepPrograms.ONCE, (step) -> probe.runAfter(step, 9, "")));
		try {
			return context.anyOf(null, List.of(never, fails)).get();
		}
		catch (IllegalStateException ex) {
			context.wait("pause", Duration.ofSeconds(3));
			return ex.getMessage() + context.step("after", String.class, (step) -> probe.run(step, "after"));
		}
	}

	static DurableCallback<String> gate(DurableContext context, Probe probe, String name, int depth) {
		DurableCallback<String> gate = context.createCallback(name, String.class);
		context.step("ask", String.class, (step) -> probe.gate(step, gate.callbackId(), depth));
		return gate;
	}

}
