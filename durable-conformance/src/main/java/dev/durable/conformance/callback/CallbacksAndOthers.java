package dev.durable.conformance.callback;

import java.time.Duration;

import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

/** Callbacks beside steps and waits. */
@Component
class CallbacksAndOthers {

	private final DurableContext durable;

	CallbacksAndOthers(DurableContext durable) {
		this.durable = durable;
	}

	private DurableCallback<String> create(String name, int timeoutSeconds) {
		return this.durable.createCallback(name, String.class,
				CallbackOptions.defaults().withTimeout(Duration.ofSeconds(timeoutSeconds)));
	}

	@DurableStep
	String work() {
		return "done";
	}

	@DurableFunction(name = "4-7")
	String stepThenFailure(String name) {
		DurableCallback<String> callback = this.durable.createCallback(name, String.class);
		work();
		return callback.get();
	}

	@DurableFunction(name = "4-8")
	String stepThenTimeout(String name) {
		DurableCallback<String> callback = create(name, 5);
		work();
		return callback.get();
	}

	@DurableFunction(name = "4-9")
	String waitThenSuccess(String name) {
		return waitFirst(this.durable.createCallback(name, String.class), 5);
	}

	private String waitFirst(DurableCallback<String> callback, int seconds) {
		this.durable.wait("pause", Duration.ofSeconds(seconds));
		return callback.get();
	}

	@DurableFunction(name = "4-10")
	String waitThenFailure(String name) {
		return waitFirst(this.durable.createCallback(name, String.class), 5);
	}

	@DurableFunction(name = "4-11")
	String waitThenTimeout(String name) {
		return waitFirst(create(name, 3), 6);
	}

	@DurableFunction(name = "4-12")
	String successThenWait(String name) {
		String result = this.durable.createCallback(name, String.class).get();
		this.durable.wait("pause", Duration.ofSeconds(2));
		return result;
	}

	@DurableFunction(name = "4-13")
	String failureCaughtThenWait(String name) {
		String message;
		try {
			message = this.durable.createCallback(name, String.class).get();
		}
		catch (CallbackFailedException ex) {
			message = String.valueOf(ex.error().errorMessage());
		}
		this.durable.wait("pause", Duration.ofSeconds(2));
		return message;
	}

	@DurableFunction(name = "4-14")
	String timeoutCaughtThenWait(String name) {
		String message;
		try {
			message = create(name, 3).get();
		}
		catch (CallbackTimedOutException ex) {
			message = String.valueOf(ex.error().errorMessage());
		}
		this.durable.wait("pause", Duration.ofSeconds(2));
		return message;
	}

}
