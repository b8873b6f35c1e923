package dev.durable.conformance;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingCallbackTests {

	private static final String STARTED = """
			- EventType: CallbackStarted
			  EventId: 2
			  EventTimestamp: 1795705092.067
			  Id: '1'
			  Name: approval
			  CallbackStartedDetails: {CallbackId: id-1}
			""";

	private static final String SUSPENDED = """
			- {EventType: InvocationCompleted, EventId: 3}
			""";

	@Test
	void callbackWhenItsInvocationHasEndedIsFoundInWhatTheServiceShows() {
		assertThat(PendingCallback.shown(Json.list(Samples.yaml(STARTED + SUSPENDED))))
			.containsExactly(new PendingCallback("approval", "id-1", Instant.parse("2026-11-26T14:58:12.067Z")));
	}

	@Test
	void callbackWhenItsInvocationRunsIsNotFound() {
		assertThat(PendingCallback.shown(Json.list(Samples.yaml(STARTED)))).isEmpty();
	}

	@Test
	void callbackWhenItHasEndedIsNotFound() {
		String ended = "- {EventType: CallbackTimedOut, EventId: 4, Id: '1', Name: approval}\n";
		assertThat(PendingCallback.shown(Json.list(Samples.yaml(STARTED + SUSPENDED + ended + SUSPENDED)))).isEmpty();
	}

}
