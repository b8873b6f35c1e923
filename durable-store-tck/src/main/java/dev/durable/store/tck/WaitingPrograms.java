package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;

import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.WaitDecision;
import dev.durable.WaitForCallbackOptions;
import dev.durable.WaitForConditionFailedException;
import dev.durable.WaitStrategy;

/** Programs that wait for a callback which they give away, or for a condition. */
final class WaitingPrograms {

	private static final WaitForCallbackOptions NO_TIMEOUT = WaitForCallbackOptions.defaults();

	private static final Duration BETWEEN = Duration.ofSeconds(2);

	private WaitingPrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(waitForCallback("wait-for-callback", BodyListener.Answer.SUCCEED, 0, NO_TIMEOUT),
				waitForCallback("wait-for-callback-failure", BodyListener.Answer.FAIL, 0, NO_TIMEOUT),
				waitForCallback("wait-for-callback-timeout", BodyListener.Answer.IGNORE, 0,
						NO_TIMEOUT.withCallback(CallbackOptions.defaults().withTimeout(Duration.ofSeconds(30)))),
				waitForCallback("wait-for-callback-retried", BodyListener.Answer.SUCCEED, 1,
						NO_TIMEOUT.withSubmitter(StepPrograms.RETRIED)),
				waitForCallback("wait-for-callback-at-most-once", BodyListener.Answer.SUCCEED, 0,
						NO_TIMEOUT.withSubmitter(StepPrograms.AT_MOST_ONCE)),
				CrashProgram.of("wait-for-callback-not-submitted", WaitingPrograms::notSubmitted),
				CrashProgram.of("async-waits-for-callbacks", WaitingPrograms::asyncCallbacks),
				CrashProgram.of("condition", (context, probe) -> condition(context, probe, until(4))),
				CrashProgram.of("condition-met-at-once", (context, probe) -> condition(context, probe, until(1))),
				CrashProgram.of("condition-exhausted", (context, probe) -> condition(context, probe, exhausted())),
				CrashProgram.of("condition-throws", WaitingPrograms::throwing),
				CrashProgram.of("async-conditions", WaitingPrograms::asyncConditions));
	}

	private static CrashProgram waitForCallback(String name, BodyListener.Answer answer, int failures,
			WaitForCallbackOptions options) {
		return CrashProgram.of(name, (context, probe) -> {
			String came = outcome(context, probe, answer, failures, options);
			return came + context.step("after", String.class, (step) -> probe.run(step, "after"));
		});
	}

	private static String outcome(DurableContext context, Probe probe, BodyListener.Answer answer, int failures,
			WaitForCallbackOptions options) {
		try {
			return context.waitForCallback("approval", TypeRef.of(String.class), options, (callbackId, step) -> {
				probe.runAfter(step, failures, "reached");
				probe.publish(step, answer, callbackId);
			});
		}
		catch (CallbackTimedOutException ex) {
			return "timed out";
		}
		catch (CallbackFailedException ex) {
			return "failed " + ex.error().errorType();
		}
	}

	private static String notSubmitted(DurableContext context, Probe probe) {
		StepOptions twice = StepOptions.defaults().withRetry(StepPrograms.upTo(2));
		try {
			return context.waitForCallback("approval", TypeRef.of(String.class), NO_TIMEOUT.withSubmitter(twice),
					(callbackId, step) -> probe.runAfter(step, 9, "never"));
		}
		catch (RuntimeException ex) {
			return context.step("after", String.class, (step) -> probe.run(step, "after")) + ex.getMessage();
		}
	}

	private static String asyncCallbacks(DurableContext context, Probe probe) {
		DurableFuture<String> left = context.waitForCallbackAsync("left", TypeRef.of(String.class), NO_TIMEOUT,
				(callbackId, step) -> probe.publish(step, BodyListener.Answer.SUCCEED, callbackId));
		DurableFuture<String> right = context.waitForCallbackAsync("right", TypeRef.of(String.class), NO_TIMEOUT,
				(callbackId, step) -> probe.publish(step, BodyListener.Answer.HEARTBEAT_THEN_SUCCEED, callbackId));
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		return meanwhile + DurableFuture.allOf(List.of(left, right));
	}

	private static String condition(DurableContext context, Probe probe, WaitStrategy<Integer> strategy) {
		String before = context.step("before", String.class, (step) -> probe.run(step, "before"));
		try {
			Integer met = context.waitForCondition("counted", Integer.class, ConditionOptions.of(0, strategy),
					(state, step) -> probe.run(step, state + 1));
			return before + met + context.step("after", String.class, (step) -> probe.run(step, "after"));
		}
		catch (WaitForConditionFailedException ex) {
			return before + context.step("given up", String.class, (step) -> probe.run(step, ex.error().errorType()));
		}
	}

	private static WaitStrategy<Integer> until(int target) {
		return (state, attempt) -> (state >= target) ? WaitDecision.stop() : WaitDecision.continueAfter(BETWEEN);
	}

	private static WaitStrategy<Integer> exhausted() {
		return (state, attempt) -> (attempt >= 3) ? WaitDecision.giveUp() : WaitDecision.continueAfter(BETWEEN);
	}

	private static String throwing(DurableContext context, Probe probe) {
		try {
			return "met " + context.waitForCondition("counted", Integer.class, ConditionOptions.of(0, until(9)),
					(state, step) -> probe.run(step, failingAt(3, state + 1)));
		}
		catch (UnsupportedOperationException ex) {
			return context.step("after", String.class, (step) -> probe.run(step, "after")) + ex.getMessage();
		}
	}

	private static int failingAt(int bad, int state) {
		if (state == bad) {
			throw new UnsupportedOperationException("Not supported, as expected");
		}
		return state;
	}

	private static String asyncConditions(DurableContext context, Probe probe) {
		DurableFuture<Integer> left = count(context, probe, "left", 3);
		DurableFuture<Integer> right = count(context, probe, "right", 2);
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		return meanwhile + left.get() + right.get();
	}

	private static DurableFuture<Integer> count(DurableContext context, Probe probe, String name, int target) {
		return context.waitForConditionAsync(name, TypeRef.of(Integer.class), ConditionOptions.of(0, until(target)),
				(state, step) -> probe.run(step, state + 1));
	}

}
