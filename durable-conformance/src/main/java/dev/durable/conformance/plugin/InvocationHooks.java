package dev.durable.conformance.plugin;

import java.time.Duration;
import java.util.Set;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.OperationType;
import dev.durable.RetryPreset;
import dev.durable.conformance.ListensTo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Plugins that watch invocations. */
@Component
class InvocationHooks {

	private final DurableContext durable;

	InvocationHooks(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "10-1")
	String greeting(String input) {
		return this.durable.step("greet", String.class, (step) -> {
			step.logger().info("Greeting step running for: {}", input);
			return "Hello, %s!".formatted(input);
		});
	}

	@DurableFunction(name = "10-5")
	String twoPlugins(String input) {
		return greet(input);
	}

	@DurableStep
	String greet(String input) {
		return "Hello, %s!".formatted(input);
	}

	@DurableFunction(name = "10-6")
	void firstInvocation() {
		pause();
	}

	private void pause() {
		this.durable.wait("pause", Duration.ofSeconds(2));
	}

	@DurableFunction(name = "10-7")
	void failure() {
		fail();
	}

	@DurableStep(retry = RetryPreset.NONE)
	void fail() {
		throw new IllegalStateException("The step always fails");
	}

	@DurableFunction(name = "10-9")
	void updatedMeanwhile() {
		pause();
	}

	@DurableFunction(name = "10-16")
	void suspension() {
		pause();
	}

	@Component
	@ListensTo({ "10-1", "10-6", "10-7" })
	static class Invocations implements DurableListener {

		@Override
		public void onInvocationStart(InvocationInfo info) {
			PluginRecord.of("invocation-start", info.execution()).with("first", info.first()).print();
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			PluginRecord.of("invocation-end", info.invocation().execution()).with("status", info.status()).print();
		}

	}

	/** One of two. */
	private abstract static class Named implements DurableListener {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public void onInvocationStart(InvocationInfo info) {
			PluginRecord.of(this.name, "invocation-start", info.execution()).print();
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			PluginRecord.of(this.name, "invocation-end", info.invocation().execution())
				.with("status", info.status())
				.print();
		}

	}

	@Component
	@Order(1)
	@ListensTo("10-5")
	static class PluginA extends Named {

		PluginA() {
			super("CONFPLUGIN-A");
		}

	}

	@Component
	@Order(2)
	@ListensTo("10-5")
	static class PluginB extends Named {

		PluginB() {
			super("CONFPLUGIN-B");
		}

	}

	@Component
	@ListensTo("10-9")
	static class UpdatedOperations implements DurableListener {

		@Override
		public void onInvocationStart(InvocationInfo info) {
			info.updatedOperations()
				.values()
				.stream()
				.filter((updated) -> updated.operation().subType().type() == OperationType.WAIT)
				.forEach((updated) -> PluginRecord.of("updated-on-invoke", info.execution())
					.with("op", updated.operation().id())
					.with("status", updated.status())
					.with("first", info.first())
					.print());
		}

	}

	@Component
	@ListensTo("10-16")
	static class TerminalOrNot implements DurableListener {

		private static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED");

		@Override
		public void onInvocationStart(InvocationInfo info) {
			PluginRecord.of("invocation-start", info.execution()).with("first", info.first()).print();
		}

		@Override
		public void onInvocationEnd(InvocationEndInfo info) {
			PluginRecord.of("invocation-end", info.invocation().execution())
				.with("first", info.invocation().first())
				.with("terminal", TERMINAL.contains(info.status().name()))
				.with("status", info.status())
				.print();
		}

	}

}
