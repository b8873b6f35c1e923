package dev.durable.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackDriverTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Callbacks callbacks = new Callbacks();

	private final List<Event> history = new ArrayList<>();

	private CallbackDriver driver(String actions) {
		return new CallbackDriver(
				StreamSupport.stream(Samples.yaml(actions).spliterator(), false).map(CallbackAction::of).toList());
	}

	private void event(EventType type, String name, int seconds) {
		OperationRef callback = new OperationRef(new OperationId(name.repeat(64)), null, name,
				OperationSubType.CALLBACK);
		this.history.add(new Event(this.history.size() + 1, type, "invocation", START.plusSeconds(seconds), callback,
				new EventContent(Payload.ofText("\"id-%s\"".formatted(name)), null, EventDetails.NONE)));
	}

	@Test
	void actionIsDueAfterItsDelayAndDoneOnce() {
		CallbackDriver driver = driver("[{CallbackName: a, Operation: success, Payload: {x: 1}, Delay: 2}]");
		assertThat(driver.nextDue(PendingCallback.in(this.history))).isNull();
		event(EventType.CALLBACK_STARTED, "a", 1);
		assertThat(driver.nextDue(PendingCallback.in(this.history))).isEqualTo(START.plusSeconds(3));
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(2))).isFalse();
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(3))).isTrue();
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(9))).isFalse();
		assertThat(this.callbacks.calls).containsExactly("succeed id-a {x=1}");
	}

	@Test
	void actionForAnotherNameIsNotDone() {
		CallbackDriver driver = driver("[{CallbackName: b, Operation: heartbeat}]");
		event(EventType.CALLBACK_STARTED, "a", 0);
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(9))).isFalse();
	}

	@Test
	void actionsOfOneCallbackAreDoneInOrder() {
		CallbackDriver driver = driver("""
				- {CallbackName: '*', Operation: failure, Payload: {ErrorType: E, ErrorMessage: m}, Delay: 1}
				- {CallbackName: '*', Operation: heartbeat}
				""");
		event(EventType.CALLBACK_STARTED, "a", 0);
		while (driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(1))) {
			assertThat(this.callbacks.calls).isNotEmpty();
		}
		assertThat(this.callbacks.calls).containsExactly("heartbeat id-a", "fail id-a E m");
	}

	@Test
	void actionThatComesTooLateIsLeftForTheNextCallback() {
		CallbackDriver driver = driver("""
				- {CallbackName: '*', Operation: success, Payload: one, Delay: 1}
				- {CallbackName: '*', Operation: success, Payload: two, Delay: 1}
				""");
		event(EventType.CALLBACK_STARTED, "a", 0);
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(1))).isTrue();
		this.callbacks.completed = true;
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(1))).isTrue();
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(1))).isFalse();
		this.callbacks.completed = false;
		event(EventType.CALLBACK_SUCCEEDED, "a", 1);
		event(EventType.CALLBACK_STARTED, "b", 1);
		assertThat(driver.act(this.callbacks, PendingCallback.in(this.history), START.plusSeconds(2))).isTrue();
		assertThat(this.callbacks.calls).containsExactly("succeed id-a one", "succeed id-b two");
	}

	/** Notes what is done. */
	private static final class Callbacks implements DurableCallbacks {

		private final List<String> calls = new ArrayList<>();

		private boolean completed;

		private void add(String call) {
			if (this.completed) {
				throw new CallbackAlreadyCompletedException("SUCCEEDED");
			}
			this.calls.add(call);
		}

		@Override
		public void succeed(String callbackId, @Nullable Object result) {
			add("succeed %s %s".formatted(callbackId, result));
		}

		@Override
		public void fail(String callbackId, ErrorObject error) {
			add("fail %s %s %s".formatted(callbackId, error.errorType(), error.errorMessage()));
		}

		@Override
		public void heartbeat(String callbackId) {
			add("heartbeat " + callbackId);
		}

	}

}
