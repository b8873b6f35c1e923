package dev.durable.conformance.waiting;

import java.time.Duration;

import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.Jitter;
import dev.durable.RetryStrategy;
import dev.durable.StepContext;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.WaitForCallbackOptions;

import org.springframework.stereotype.Component;

/** Callbacks that are waited for in vain. */
@Component
class CallbackFailures {

	private static final RetryStrategy ONE_RETRY = RetryStrategy.backoff()
		.maxAttempts(2)
		.initialDelay(Duration.ofSeconds(1))
		.jitter(Jitter.NONE)
		.build();

	private final DurableContext durable;

	CallbackFailures(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "7-4")
	String failed(String name) {
		return this.durable.waitForCallback(name, String.class, CallbackFailures::submit);
	}

	@DurableFunction(name = "7-5")
	String timedOut(String name) {
		return waitAtMost(name, CallbackOptions.defaults().withTimeout(Duration.ofSeconds(3)));
	}

	@DurableFunction(name = "7-6")
	String failedAndCaught(String name) {
		try {
			return this.durable.waitForCallback(name, String.class, CallbackFailures::submit);
		}
		catch (CallbackFailedException ex) {
			return "recovered";
		}
	}

	@DurableFunction(name = "7-7")
	String submitterFails(String name) {
		return this.durable.waitForCallback(name, TypeRef.of(String.class),
				WaitForCallbackOptions.defaults().withSubmitter(StepOptions.defaults().withRetry(ONE_RETRY)),
				(callbackId, step) -> {
					throw new IllegalStateException("Nobody takes the callback's id");
				});
	}

	@DurableFunction(name = "7-12")
	String heartbeatTimedOut(String name) {
		return waitAtMost(name, CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(5)));
	}

	@DurableFunction(name = "7-14")
	String timedOutAndCaught(String name) {
		try {
			return waitAtMost(name, CallbackOptions.defaults().withTimeout(Duration.ofSeconds(3)));
		}
		catch (CallbackTimedOutException ex) {
			return "timed-out-handled";
		}
	}

	private String waitAtMost(String name, CallbackOptions timeouts) {
		return this.durable.waitForCallback(name, TypeRef.of(String.class),
				WaitForCallbackOptions.defaults().withCallback(timeouts), CallbackFailures::submit);
	}

	private static void submit(String callbackId, StepContext step) {
		step.logger().debug("Somebody is to complete a callback");
	}

}
