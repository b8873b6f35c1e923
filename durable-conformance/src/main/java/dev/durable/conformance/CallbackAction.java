package dev.durable.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import tools.jackson.databind.JsonNode;

/**
 * What an outsider does with a callback.
 *
 * @param callback matches the callback's name: a text, {@code '*'} or
 * <code>${/re/}</code>
 * @param operation {@code success}, {@code failure} or {@code heartbeat}
 * @param payload the result or the error; null for none
 * @param delay seconds after the callback's start
 */
record CallbackAction(String callback, String operation, JsonNode payload, double delay) {

	static CallbackAction of(JsonNode action) {
		return new CallbackAction(action.path("CallbackName").asString("*"), action.path("Operation").asString(),
				action.path("Payload"), action.path("Delay").asDouble(0));
	}

	boolean matches(String name) {
		List<String> differences = new ArrayList<>();
		new Expectation(new Variables(), differences).compare("", Json.tree(this.callback), Json.tree(name));
		return differences.isEmpty();
	}

	/** Return this action for a host where time passes faster. */
	CallbackAction at(int speed) {
		return new CallbackAction(this.callback, this.operation, this.payload, this.delay / speed);
	}

	Duration after() {
		return Duration.ofMillis(Math.round(this.delay * 1000));
	}

	/** Do it. */
	void perform(DurableCallbacks callbacks, String callbackId) {
		switch (this.operation) {
			case "success" -> callbacks.succeed(callbackId, Json.MAPPER.convertValue(value(), Object.class));
			case "failure" -> callbacks.fail(callbackId, error());
			case "heartbeat" -> callbacks.heartbeat(callbackId);
			default -> throw new IllegalArgumentException(
					"'Operation' must be success, failure or heartbeat but was '%s'".formatted(this.operation));
		}
	}

	private JsonNode value() {
		return this.payload.isMissingNode() ? Json.tree(null) : this.payload;
	}

	private ErrorObject error() {
		return ErrorObject.of(this.payload.path("ErrorType").asString("Error"),
				this.payload.path("ErrorMessage").asString(null));
	}

}
