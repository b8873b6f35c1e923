package dev.durable.conformance.plugin;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.OperationType;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.OperationInfo;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A plugin that throws, alone and before one that does not. */
@Component
class FaultyPlugins {

	@DurableFunction(name = "10-4")
	String alone(String input) {
		return greet(input);
	}

	@DurableFunction(name = "10-17")
	String besideAHealthyOne(String input) {
		return greet(input);
	}

	@DurableStep
	String greet(String input) {
		return "Hello, %s!".formatted(input);
	}

	private static boolean isStep(OperationRef operation) {
		return operation.subType().type() == OperationType.STEP;
	}

	@Component
	@Order(1)
	@ListensTo({ "10-4", "10-17" })
	static class Faulty implements DurableListener {

		private static void fail(String hook, ExecutionId execution) {
			PluginRecord.of("CONFPLUGIN-FAULTY", hook, execution).print();
			throw new IllegalStateException("The plugin always fails");
		}

		private static void failForSteps(String hook, ExecutionId execution, OperationRef operation) {
			if (isStep(operation)) {
				fail(hook, execution);
			}
		}

		@Override
		public void onInvocationStart(InvocationInfo info) {
			fail("invocation-start", info.execution());
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			fail("invocation-end", info.invocation().execution());
		}

		@Override
		public void onOperationStart(OperationInfo info) {
			failForSteps("operation-start", info.execution(), info.operation());
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			failForSteps("operation-end", info.execution(), info.operation());
		}

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			failForSteps("attempt-start", attempt.execution(), attempt.operation());
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			failForSteps("attempt-end", attempt.execution(), attempt.operation());
		}

	}

	@Component
	@Order(2)
	@ListensTo("10-17")
	static class Healthy implements DurableListener {

		private static PluginRecord record(String hook, ExecutionId execution) {
			return PluginRecord.of("CONFPLUGIN-HEALTHY", hook, execution);
		}

		@Override
		public void onInvocationStart(InvocationInfo info) {
			record("invocation-start", info.execution()).with("first", info.first()).print();
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			record("invocation-end", info.invocation().execution()).with("status", info.status()).print();
		}

		@Override
		public void onOperationStart(OperationInfo info) {
			if (isStep(info.operation())) {
				record("operation-start", info.execution()).with("op", info.operation().id()).print();
			}
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (isStep(info.operation())) {
				record("operation-end", info.execution()).with("op", info.operation().id())
					.with("status", info.status())
					.print();
			}
		}

		@Override
		public void onAttemptStart(AttemptInfo attempt) {
			if (isStep(attempt.operation())) {
				record("attempt-start", attempt.execution()).with("op", attempt.operation().id()).print();
			}
		}

		@Override
		public void onAttemptEnd(AttemptInfo attempt) {
			if (isStep(attempt.operation())) {
				record("attempt-end", attempt.execution()).with("op", attempt.operation().id())
					.with("outcome", AttemptHooks.outcome(attempt))
					.print();
			}
		}

	}

}
