package dev.durable.conformance.waiting;

import java.time.Duration;

import dev.durable.CallbackOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.StepContext;
import dev.durable.TypeRef;
import dev.durable.WaitForCallbackOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Callbacks that are waited for and succeed. */
@Component
class CallbackSuccesses {

	private final DurableContext durable;

	CallbackSuccesses(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "7-1")
	String basic(String name) {
		return this.durable.waitForCallback(name, String.class, CallbackSuccesses::submit);
	}

	@DurableFunction(name = "7-2")
	String named() {
		return this.durable.waitForCallback("approval", String.class, CallbackSuccesses::submit);
	}

	@DurableFunction(name = "7-3")
	String withoutName() {
		return this.durable.waitForCallback(null, String.class, (callbackId, step) -> {
		});
	}

	@DurableFunction(name = "7-8")
	String inChildContext(String name) {
		return this.durable.runInChildContext("wrapper", String.class,
				(child) -> child.waitForCallback(name, String.class, CallbackSuccesses::submit));
	}

	@DurableFunction(name = "7-9")
	String twoInARow() {
		this.durable.waitForCallback("first", String.class, CallbackSuccesses::submit);
		return this.durable.waitForCallback("second", String.class, CallbackSuccesses::submit);
	}

	@DurableFunction(name = "7-10")
	String afterWaitAndStep(String name) {
		this.durable.wait("pause", Duration.ofSeconds(1));
		prepare();
		return this.durable.waitForCallback(name, String.class, CallbackSuccesses::submit);
	}

	@DurableStep(name = "prepare")
	String prepare() {
		return "prepared";
	}

	@DurableFunction(name = "7-11")
	String structured(String name) {
		return this.durable.waitForCallback(name, Approval.class, CallbackSuccesses::submit).status();
	}

	@DurableFunction(name = "7-13")
	String withHeartbeat(String name) {
		return this.durable.waitForCallback(name, TypeRef.of(String.class),
				WaitForCallbackOptions.defaults()
					.withCallback(CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(10))),
				CallbackSuccesses::submit);
	}

	@DurableFunction(name = "7-15")
	@Nullable String withoutPayload(String name) {
		return this.durable.waitForCallback(name, new TypeRef<@Nullable String>() {
		}, WaitForCallbackOptions.defaults(), CallbackSuccesses::submit);
	}

	private static void submit(String callbackId, StepContext step) {
		step.logger().debug("Somebody is to complete a callback");
	}

	record Approval(String status) {
	}

}
