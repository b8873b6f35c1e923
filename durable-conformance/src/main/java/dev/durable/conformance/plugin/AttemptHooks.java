package dev.durable.conformance.plugin;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.Jitter;
import dev.durable.OperationSubType;
import dev.durable.OperationType;
import dev.durable.ParallelBranch;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.OperationInfo;

import org.springframework.stereotype.Component;

/** Plugins that watch the code of steps and branches. */
@Component
class AttemptHooks {

	/** Two attempts, a second apart. */
	static final RetryStrategy TWICE = RetryStrategy.backoff()
		.maxAttempts(2)
		.initialDelay(Duration.ofSeconds(1))
		.jitter(Jitter.NONE)
		.build();

	private static final StepOptions TRIED_TWICE = StepOptions.defaults().withRetry(TWICE);

	private final DurableContext durable;

	AttemptHooks(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "10-3")
	String retry() {
		return this.durable.step("unreliable", String.class, TRIED_TWICE, (step) -> {
			if (step.attempt() == 1) {
				throw new IllegalStateException("Attempt 1 failed");
			}
			return "Operation succeeded";
		});
	}

	@DurableFunction(name = "10-15")
	String exhaustion() {
		return this.durable.step("unreliable", String.class, TRIED_TWICE, (step) -> {
			throw new IllegalStateException("The step always fails");
		});
	}

	@DurableFunction(name = "10-12")
	List<String> branches() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((child) -> "task-1"),
				ParallelBranch.of((child) -> "task-2"));
		return this.durable
			.parallel("parallel", branches, TypeRef.of(String.class), BatchOptions.builder().maxConcurrency(1).build())
			.results();
	}

	static String outcome(AttemptInfo attempt) {
		return attempt.succeeded() ? "SUCCEEDED" : "FAILED";
	}

	@Component
	@ListensTo("10-3")
	static class Attempts implements DurableListener {

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			if (attempt.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("attempt-start", attempt.execution())
					.with("n", attempt.attempt())
					.with("op", attempt.operation().id())
					.print();
			}
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			if (attempt.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("attempt-end", attempt.execution())
					.with("n", attempt.attempt())
					.with("outcome", outcome(attempt))
					.with("op", attempt.operation().id())
					.print();
			}
		}

	}

	@Component
	@ListensTo("10-15")
	static class AttemptsAndEnd extends Attempts {

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (info.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("operation-end", info.execution())
					.with("op", info.operation().id())
					.with("status", info.status())
					.print();
			}
		}

	}

	@Component
	@ListensTo("10-12")
	static class Branches implements DurableListener {

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			if (attempt.operation().subType() == OperationSubType.PARALLEL_BRANCH) {
				record("fn-start", attempt).print();
			}
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			if (attempt.operation().subType() == OperationSubType.PARALLEL_BRANCH) {
				record("fn-end", attempt).with("outcome", outcome(attempt)).print();
			}
		}

		private static PluginRecord record(String hook, AttemptInfo attempt) {
			return PluginRecord.of(hook, attempt.execution())
				.with("op", attempt.operation().id())
				.orNone("parent", attempt.operation().parentId());
		}

	}

}
