package dev.durable.conformance.plugin;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.OperationType;
import dev.durable.ParallelBranch;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;

import org.springframework.stereotype.Component;

/** Plugins that print everything that they are told. */
@Component
class FieldShapes {

	private final DurableContext durable;

	FieldShapes(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "10-19")
	String pauseAndReturn(String input) {
		this.durable.wait("pause", Duration.ofSeconds(2));
		return "done-" + input;
	}

	@DurableFunction(name = "10-20")
	String operation() {
		return greet();
	}

	@DurableStep
	String greet() {
		return "task-a";
	}

	@DurableFunction(name = "10-21")
	String attempts() {
		return this.durable.step("flaky", String.class, StepOptions.defaults().withRetry(AttemptHooks.TWICE),
				(step) -> {
					if (step.attempt() == 1) {
						throw new IllegalStateException("Attempt 1 failed");
					}
					return "ok";
				});
	}

	@DurableFunction(name = "10-22")
	String change() {
		return greet();
	}

	@DurableFunction(name = "10-23")
	List<String> contexts() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of("branch-a", (child) -> {
			child.step("inner", String.class, (step) -> "x");
			child.wait("pause", Duration.ofSeconds(2));
			return "a-done";
		}), ParallelBranch.of("branch-b", (child) -> "b-done"));
		return this.durable
			.parallel("ctx", branches, TypeRef.of(String.class), BatchOptions.builder().maxConcurrency(1).build())
			.results();
	}

	@Component
	@ListensTo("10-19")
	static class Invocations implements DurableListener {

		@Override
		public void onInvocationStart(InvocationInfo info) {
			record("invocation-start", info).with("updatedOperationsCount", info.updatedOperations().size()).print();
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			record("invocation-end", info.invocation()).with("status", info.status())
				.with("terminal", info.status().isTerminal())
				.with("executionError", (info.error() != null) ? info.error().errorMessage() : null)
				.print();
		}

		private static PluginRecord record(String hook, InvocationInfo info) {
			return PluginRecord.of(hook, info.execution())
				.with("isFirstInvocation", info.first())
				.with("requestId", info.requestId())
				.with("operationsCount", info.operations().size())
				.with("executionStartTimestamp", info.executionStartedAt());
		}

	}

	@Component
	@ListensTo("10-20")
	static class Operations implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			if (info.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("operation-start", info.execution()).with(info).print();
			}
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (info.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("operation-end", info.execution()).with(info).print();
			}
		}

	}

	private static PluginRecord record(String hook, AttemptInfo attempt) {
		return PluginRecord.of(hook, attempt.execution())
			.with(attempt.operation())
			.with("attempt", attempt.attempt())
			.with("startTimestamp", attempt.startedAt())
			.with("endTimestamp", attempt.endedAt())
			.with("isReplay", attempt.replayed());
	}

	@Component
	@ListensTo("10-21")
	static class Attempts implements DurableListener {

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			if (attempt.operation().subType().type() == OperationType.STEP) {
				record("attempt-start", attempt).print();
			}
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			if (attempt.operation().subType().type() == OperationType.STEP) {
				record("attempt-end", attempt).with("outcome", AttemptHooks.outcome(attempt))
					.with("error", (attempt.error() != null) ? attempt.error().getMessage() : null)
					.print();
			}
		}

	}

	@Component
	@ListensTo("10-22")
	static class Changes implements DurableListener {

		@Override
		public void onOperationChange(OperationChange change) {
			change.updatedOperations().forEach((id, info) -> {
				if (info.operation().subType().type() == OperationType.STEP) {
					PluginRecord.of("operation-change", change.execution())
						.with("executionArn", change.execution())
						.with("updatedOperationsCount", change.updatedOperations().size())
						.with("operationsCount", change.operations().size())
						.with("inFullMap", change.operations().containsKey(id))
						.with(info)
						.print();
				}
			});
		}

	}

	@Component
	@ListensTo("10-23")
	static class Contexts implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			if (info.operation().subType().type() == OperationType.CONTEXT) {
				PluginRecord.of("operation-start", info.execution()).with(info).print();
			}
		}

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			if (attempt.operation().subType().type() == OperationType.CONTEXT) {
				record("fn-start", attempt).with("isReplayingChildren", attempt.replayingChildren()).print();
			}
		}

	}

}
