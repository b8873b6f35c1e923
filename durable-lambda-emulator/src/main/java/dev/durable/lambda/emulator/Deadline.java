package dev.durable.lambda.emulator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Ends invocations that take longer than their function may. */
final class Deadline {

	private static final ScheduledThreadPoolExecutor TIMER = timer();

	private Deadline() {
	}

	private static ScheduledThreadPoolExecutor timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "lambda-deadlines");
			thread.setDaemon(true);
			return thread;
		});
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	/**
	 * Let an invocation fail at its timeout.
	 * @param answer tells when it has ended
	 * @param end ends it with this failure
	 */
	static void set(FunctionCall call, CompletableFuture<byte[]> answer, Consumer<FunctionFailure> end) {
		Future<?> timeout = TIMER.schedule(() -> {
			if (!answer.isDone()) {
				end.accept(FunctionFailure.timedOut(call));
			}
		}, call.function().timeout().toMillis(), TimeUnit.MILLISECONDS);
		answer.whenComplete((bytes, failure) -> timeout.cancel(false));
	}

}
