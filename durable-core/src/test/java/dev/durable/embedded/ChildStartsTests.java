package dev.durable.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.journal.JournalLostException;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.ExecutionIdentity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChildStartsTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final ExecutionIdentity PARENT = new ExecutionIdentity(new ExecutionId("parent"),
			new FunctionVersion("f", "1"), null, null, "", NOW, null);

	private static final Event INVOKE = new Event(2, EventType.CHAINED_INVOKE_STARTED, "w", NOW, null,
			EventContent.NONE);

	private final List<JournalLostException> lost = new ArrayList<>();

	@Test
	void startWhenThereIsNoThreadForItLosesTheJournal() {
		ChildStarts starts = new ChildStarts(PARENT, (parent, invoke) -> {
		}, (task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		}, this.lost::add);
		starts.start(INVOKE);
		CompletableFuture<Void> started = starts.started();
		assertThat(this.lost).hasSize(1);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(started::join)
			.havingCause()
			.isSameAs(this.lost.get(0));
	}

	@Test
	void startsThatHaveSucceededAreWaitedForNoLonger() {
		List<Runnable> threads = new ArrayList<>();
		List<Event> begun = new ArrayList<>();
		ChildStarts starts = new ChildStarts(PARENT, (parent, invoke) -> begun.add(invoke), threads::add,
				this.lost::add);
		starts.start(INVOKE);
		CompletableFuture<Void> started = starts.started();
		assertThat(started).isNotDone();
		threads.get(0).run();
		assertThat(started).isCompleted();
		assertThat(begun).containsExactly(INVOKE);
		assertThat(starts.started()).isCompleted();
		assertThat(this.lost).isEmpty();
	}

}
