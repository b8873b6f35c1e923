package dev.durable.conformance.plugin;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.OperationType;
import dev.durable.RetryPreset;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;

import org.springframework.stereotype.Component;

/** Plugins that watch operations. */
@Component
class OperationHooks {

	private final DurableContext durable;

	OperationHooks(DurableContext durable) {
		this.durable = durable;
	}

	@DurableStep
	String greet(String input) {
		return "Hello, %s!".formatted(input);
	}

	@DurableFunction(name = "10-2")
	String lifecycle(String input) {
		return greet(input);
	}

	@DurableFunction(name = "10-8")
	String change(String input) {
		return greet(input);
	}

	@DurableFunction(name = "10-10")
	void pause() {
		this.durable.wait("pause", Duration.ofSeconds(2));
	}

	@DurableFunction(name = "10-11")
	String nested(String input) {
		return this.durable.runInChildContext("child", String.class, (child) -> greet(input));
	}

	@DurableFunction(name = "10-14")
	void payloads() {
		succeed();
		fail();
	}

	@DurableStep(name = "a")
	String succeed() {
		return "task-a";
	}

	@DurableStep(name = "b", retry = RetryPreset.NONE)
	void fail() {
		throw new IllegalStateException("boom");
	}

	private static boolean has(OperationType type, OperationInfo info) {
		return info.operation().subType().type() == type;
	}

	private static PluginRecord record(String hook, OperationInfo info) {
		return PluginRecord.of(hook, info.execution()).with("op", info.operation().id());
	}

	@Component
	@ListensTo("10-2")
	static class Steps implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			if (has(OperationType.STEP, info)) {
				record("operation-start", info).print();
			}
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (has(OperationType.STEP, info)) {
				record("operation-end", info).with("status", info.status()).print();
			}
		}

	}

	@Component
	@ListensTo("10-8")
	static class Changes implements DurableListener {

		@Override
		public void onOperationChange(OperationChange change) {
			change.updatedOperations().forEach((id, info) -> {
				if (has(OperationType.STEP, info)) {
					record("operation-change", info).with("status", info.status())
						.with("in_full_map", change.operations().containsKey(id))
						.print();
				}
			});
		}

	}

	@Component
	@ListensTo("10-10")
	static class Waits implements DurableListener {

		@Override
		public void onOperationStart(OperationInfo info) {
			if (has(OperationType.WAIT, info)) {
				record("operation-start", info).with("type", info.operation().subType().type()).print();
			}
		}

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (has(OperationType.WAIT, info)) {
				record("operation-end", info).with("type", info.operation().subType().type())
					.with("status", info.status())
					.print();
			}
		}

	}

	@Component
	@ListensTo("10-11")
	static class Parents implements DurableListener {

		@Override
		public void onOperationEnd(OperationInfo info) {
			record("operation-end", info).orNone("parent", info.operation().parentId())
				.with("status", info.status())
				.print();
		}

	}

	@Component
	@ListensTo("10-14")
	static class Payloads implements DurableListener {

		@Override
		public void onOperationEnd(OperationInfo info) {
			if (has(OperationType.STEP, info)) {
				record("operation-end", info).with("status", info.status())
					.orNone("result", info.result())
					.orNone("error", (info.error() != null) ? info.error().errorMessage() : null)
					.print();
			}
		}

	}

}
