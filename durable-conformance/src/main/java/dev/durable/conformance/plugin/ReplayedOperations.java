package dev.durable.conformance.plugin;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ParallelBranch;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.OperationType;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.OperationInfo;

import org.springframework.stereotype.Component;

/** Plugins that tell replayed operations from new ones. */
@Component
class ReplayedOperations {

	private static final BatchOptions BOTH_AT_ONCE = BatchOptions.builder().maxConcurrency(2).build();

	private final DurableContext durable;

	ReplayedOperations(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "10-13")
	String twoSteps() {
		succeed();
		return this.durable.step("b", String.class, StepOptions.defaults().withRetry(AttemptHooks.TWICE), (step) -> {
			if (step.attempt() == 1) {
				throw new IllegalStateException("Attempt 1 failed");
			}
			return "Operation succeeded";
		});
	}

	@DurableStep(name = "a")
	String succeed() {
		return "task-a";
	}

	@DurableFunction(name = "10-18")
	List<String> twoWaits() {
		List<ParallelBranch<String>> branches = List.of(branch("short", Duration.ofSeconds(2)),
				branch("long", Duration.ofSeconds(8)));
		return this.durable.parallel("waits", branches, TypeRef.of(String.class), BOTH_AT_ONCE).results();
	}

	private static ParallelBranch<String> branch(String wait, Duration duration) {
		return ParallelBranch.of((child) -> {
			child.wait(wait, duration);
			return wait + "-done";
		});
	}

	@Component
	@ListensTo("10-13")
	static class Steps implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			if (info.operation().subType().type() == OperationType.STEP) {
				PluginRecord.of("operation-start", info.execution())
					.with("op", info.operation().id())
					.with("replay", info.replayed())
					.print();
			}
		}

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
	@ListensTo("10-18")
	static class Waits implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			OperationType type = info.operation().subType().type();
			if (type == OperationType.WAIT) {
				PluginRecord.of("operation-start", info.execution())
					.with("type", type)
					.with("name", info.operation().name())
					.with("replay", info.replayed())
					.with("pending", !info.status().isTerminal())
					.print();
			}
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			OperationType type = info.operation().subType().type();
			if (type == OperationType.WAIT) {
				PluginRecord.of("operation-end", info.execution())
					.with("type", type)
					.with("name", info.operation().name())
					.with("status", info.status())
					.print();
			}
		}

	}

}
