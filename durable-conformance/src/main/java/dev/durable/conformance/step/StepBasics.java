package dev.durable.conformance.step;

import java.util.List;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.RetryPreset;
import dev.durable.StepOptions;
import dev.durable.conformance.UppercaseCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Steps and their results. */
@Component
class StepBasics {

	private final DurableContext durable;

	StepBasics(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "1-1")
	String basic(String name) {
		return greet(name);
	}

	@DurableStep
	String greet(String name) {
		return "Hello, %s!".formatted(name);
	}

	@DurableFunction(name = "1-2")
	String named(String name) {
		return greetWithCustomName(name);
	}

	@DurableStep(name = "custom_step_name")
	String greetWithCustomName(String name) {
		return "Hello, %s!".formatted(name);
	}

	@DurableFunction(name = "1-3")
	String sequence() {
		return stepTwo(stepOne());
	}

	@DurableStep
	String stepOne() {
		return "step one";
	}

	@DurableStep
	String stepTwo(String first) {
		return first + ", step two";
	}

	@DurableFunction(name = "1-4")
	Response complexObject(User user) {
		return buildResponse(user);
	}

	@DurableStep
	Response buildResponse(User user) {
		return new Response(user, user.tags().size());
	}

	@DurableFunction(name = "1-5")
	@Nullable Object nothing() {
		return doNothing();
	}

	@DurableStep
	@Nullable Object doNothing() {
		return null;
	}

	@DurableFunction(name = "1-6")
	String customCodec(String text) {
		return this.durable.step("return-input", String.class,
				StepOptions.defaults().withCodec(UppercaseCodec.onEncode(String.class)), (step) -> text);
	}

	@DurableFunction(name = "1-7")
	String stepLogger(String name) {
		return this.durable.step("greet", String.class, (step) -> {
			step.logger().info("Greeting step started for: {}", name);
			String greeting = "Hello, %s!".formatted(name);
			step.logger().info("Greeting step completed with: {}", greeting);
			return greeting;
		});
	}

	@DurableFunction(name = "1-19")
	void failure() {
		alwaysFails();
	}

	@DurableStep(retry = RetryPreset.NONE)
	void alwaysFails() {
		throw new IllegalStateException("The step always fails");
	}

	@DurableFunction(name = "1-20")
	String failureCaught() {
		String value;
		try {
			alwaysFails();
			value = "unexpected";
		}
		catch (IllegalStateException ex) {
			value = "fallback";
		}
		return recover(value);
	}

	@DurableStep
	String recover(String value) {
		return "recovered with " + value;
	}

	record User(String name, List<String> tags) {

	}

	record Response(User user, int count) {

	}

}
