package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.TypeRef;

/** Programs of steps, waits and recorded values. */
final class StepPrograms {

	static final StepOptions RETRIED = StepOptions.defaults().withRetry(upTo(5));

	static final StepOptions AT_MOST_ONCE = RETRIED.withSemantics(StepSemantics.AT_MOST_ONCE_PER_RETRY);

	static final StepOptions ONCE = StepOptions.defaults().withRetry(RetryStrategy.none());

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private StepPrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(CrashProgram.of("steps", StepPrograms::steps),
				CrashProgram.of("no-operations", (context, probe) -> "nothing to do"),
				CrashProgram.of("at-most-once", StepPrograms::atMostOnce),
				CrashProgram.of("retries", StepPrograms::retries),
				CrashProgram.of("at-most-once-retries", StepPrograms::atMostOnceRetries),
				CrashProgram.of("failure-caught", StepPrograms::failureCaught),
				CrashProgram.of("retries-exhausted", StepPrograms::retriesExhausted),
				CrashProgram.of("wait", StepPrograms::waits), CrashProgram.of("async-wait", StepPrograms::asyncWait),
				CrashProgram.of("async-steps", StepPrograms::asyncSteps),
				CrashProgram.of("async-retries", StepPrograms::asyncRetries),
				new CrashProgram("values", false, StepPrograms::values));
	}

	/** Fixed short delays, so that every run has the same course. */
	static RetryStrategy upTo(int attempts) {
		return (error, attempt) -> (attempt < attempts) ? RetryDecision.retryAfter(Duration.ofMillis(500))
				: RetryDecision.fail();
	}

	private static String steps(DurableContext context, Probe probe) {
		int first = context.step("first", Integer.class, (step) -> probe.run(step, 1));
		String second = context.step(null, String.class, (step) -> probe.run(step, "zwölf"));
		List<String> third = context.step("third", new TypeRef<List<String>>() {
		}, (step) -> probe.run(step, List.of("a", "b")));
		return first + second + third;
	}

	private static String atMostOnce(DurableContext context, Probe probe) {
		int charged = context.step("charge", Integer.class, AT_MOST_ONCE, (step) -> probe.runOnce(step, 1));
		int again = context.step("charge", Integer.class, AT_MOST_ONCE, (step) -> probe.runOnce(step, 2));
		return "charged " + charged + again;
	}

	private static String retries(DurableContext context, Probe probe) {
		String before = context.step("before", String.class, (step) -> probe.run(step, "before"));
		String flaky = context.step("flaky", String.class, RETRIED, (step) -> probe.runAfter(step, 2, "flaky"));
		return before + flaky + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String atMostOnceRetries(DurableContext context, Probe probe) {
		return context.step("flaky", String.class, AT_MOST_ONCE, (step) -> {
			probe.runOnce(step, "flaky");
			return probe.runAfter(step, 1, "flaky");
		});
	}

	private static String failureCaught(DurableContext context, Probe probe) {
		try {
			context.step("fails", String.class, ONCE, (step) -> probe.runAfter(step, 9, "never"));
			return "not failed";
		}
		catch (IllegalStateException ex) {
			return context.step("compensate", String.class, (step) -> probe.run(step, "compensated")) + ex.getMessage();
		}
	}

	private static String retriesExhausted(DurableContext context, Probe probe) {
		return context.step("fails", String.class, StepOptions.defaults().withRetry(upTo(3)),
				(step) -> probe.runAfter(step, 9, "never"));
	}

	private static String waits(DurableContext context, Probe probe) {
		String before = context.step("before", String.class, (step) -> probe.run(step, "before"));
		context.wait("cooling-off", PAUSE);
		context.wait("short", Duration.ofMillis(1));
		return before + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String asyncWait(DurableContext context, Probe probe) {
		DurableFuture<?> pause = context.waitAsync("pause", PAUSE);
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		pause.get();
		return meanwhile + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String asyncSteps(DurableContext context, Probe probe) {
		DurableFuture<Integer> left = context.stepAsync("left", Integer.class, (step) -> probe.run(step, 1));
		DurableFuture<Integer> right = context.stepAsync("right", Integer.class, (step) -> probe.run(step, 2));
		int middle = context.step("middle", Integer.class, (step) -> probe.run(step, 3));
		context.wait("pause", PAUSE);
		return DurableFuture.allOf(List.of(left, right)) + " " + middle;
	}

	private static String asyncRetries(DurableContext context, Probe probe) {
		DurableFuture<Integer> flaky = context.stepAsync("flaky", TypeRef.of(Integer.class), RETRIED,
				(step) -> probe.runAfter(step, 2, 1));
		DurableFuture<Integer> once = context.stepAsync("once", TypeRef.of(Integer.class), AT_MOST_ONCE,
				(step) -> probe.runOnce(step, 2));
		return "" + (flaky.get() + once.get());
	}

	private static String values(DurableContext context, Probe probe) {
		UUID id = context.randomUUID();
		Instant now = context.now();
		double random = context.random();
		String used = context.step("use", String.class, (step) -> probe.run(step, id + " " + now + " " + random));
		context.wait("pause", PAUSE);
		Instant later = context.now();
		return "%s %s".formatted(used.equals(id + " " + now + " " + random), later.isAfter(now));
	}

}
