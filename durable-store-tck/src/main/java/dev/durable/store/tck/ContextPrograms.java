package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;

/** Programs of child contexts. */
final class ContextPrograms {

	/** More than a checkpoint may hold, so that replay must rebuild it. */
	private static final int LARGE = 300_000;

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private ContextPrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(CrashProgram.of("child", ContextPrograms::child),
				CrashProgram.of("nested-children", ContextPrograms::nested),
				CrashProgram.of("child-failure-caught", ContextPrograms::failureCaught),
				CrashProgram.of("child-failure", ContextPrograms::failure),
				CrashProgram.of("large-child", ContextPrograms::large),
				CrashProgram.of("async-children", ContextPrograms::async));
	}

	private static String child(DurableContext context, Probe probe) {
		String grouped = context.runInChildContext("group", String.class, (child) -> {
			int first = child.step("first", Integer.class, (step) -> probe.run(step, 1));
			child.wait("pause", PAUSE);
			return first + child.step("second", String.class, (step) -> probe.run(step, "two"));
		});
		return grouped + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String nested(DurableContext context, Probe probe) {
		return context.runInChildContext("outer", String.class, (outer) -> {
			String before = outer.step("before", String.class, (step) -> probe.run(step, "before"));
			String inner = outer.runInChildContext("inner", String.class, (child) -> child.step("in", String.class,
					StepPrograms.RETRIED, (step) -> probe.runAfter(step, 1, "in")));
			outer.wait("pause", PAUSE);
			return before + inner;
		});
	}

	private static String failureCaught(DurableContext context, Probe probe) {
		try {
			return context.runInChildContext("fails", String.class, (child) -> failing(child, probe));
		}
		catch (UnsupportedOperationException ex) {
			context.wait("pause", PAUSE);
			return "caught " + ex.getMessage();
		}
	}

	private static String failure(DurableContext context, Probe probe) {
		return context.runInChildContext("fails", String.class, (child) -> failing(child, probe));
	}

	private static String failing(DurableContext child, Probe probe) {
		child.step("in", String.class, (step) -> probe.run(step, "in"));
		throw new UnsupportedOperationException("Not supported, as expected");
	}

	private static String large(DurableContext context, Probe probe) {
		String large = context.runInChildContext("large", String.class, (child) -> {
			int size = child.step("size", Integer.class, (step) -> probe.run(step, LARGE));
			child.wait("inside", PAUSE);
			return "x".repeat(size);
		});
		context.wait("outside", PAUSE);
		return large.length() + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String async(DurableContext context, Probe probe) {
		DurableFuture<String> left = context.runInChildContextAsync("left", String.class,
				(child) -> branch(child, probe, "left", 3));
		DurableFuture<String> right = context.runInChildContextAsync("right", String.class,
				(child) -> branch(child, probe, "right", 7));
		return left.get() + right.get();
	}

	private static String branch(DurableContext child, Probe probe, String name, int seconds) {
		String before = child.step("before", String.class, (step) -> probe.run(step, name));
		child.wait("pause", Duration.ofSeconds(seconds));
		return before + child.step("after", String.class, (step) -> probe.run(step, "after"));
	}

}
