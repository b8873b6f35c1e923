package dev.durable.embedded;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.store.Append;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Schedules every interleaving of appends, their answers and other writers by hand. */
class AppendQueueTests {

	private static final ExecutionId ID = new ExecutionId("e");

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Event STARTED = new Event(1, EventType.EXECUTION_STARTED, "starter", NOW, null,
			EventContent.NONE);

	private final MemoryCheckpointStore data = new MemoryCheckpointStore(() -> NOW);

	private final Deque<Sent> sent = new ArrayDeque<>();

	private final List<Long> appended = new ArrayList<>();

	private final List<Reason> lost = new ArrayList<>();

	private final List<Runnable> timers = new ArrayList<>();

	private Executor executor = Runnable::run;

	private Runnable whenAppended = () -> {
	};

	private boolean answersAtOnce;

	private final AppendQueue queue = queue("mine");

	@BeforeEach
	void createExecution() {
		ExecutionRow row = new ExecutionRow(
				new ExecutionIdentity(ID, new FunctionVersion("f", "1"), null, null, "", NOW, null),
				ExecutionState.sleeping(null));
		this.data.append(new Append(ID, List.of(STARTED), new RowChange.Create(row), Effects.NONE));
	}

	private AppendQueue queue(String invocation) {
		return new AppendQueue(new Delivery(scripted(), (task) -> this.executor.execute(task), (delay, task) -> {
			this.timers.add(task);
			return () -> this.timers.remove(task);
		}), ID, invocation, Loaded.of(List.of(STARTED)), new AppendQueue.Listener() {
			@Override
			public void appended(List<Event> events) {
				events.forEach((event) -> AppendQueueTests.this.appended.add(event.position()));
				AppendQueueTests.this.whenAppended.run();
			}

			@Override
			public void lost(JournalLostException reason) {
				AppendQueueTests.this.lost.add(reason.reason());
			}
		});
	}

	/** A store whose appends may wait for the test to let them happen. */
	private CheckpointStore scripted() {
		return (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("append") && !this.answersAtOnce) {
						Sent append = new Sent((Append) arguments[0], new CompletableFuture<>());
						this.sent.add(append);
						return append.answer();
					}
					try {
						return method.invoke(this.data, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private record Sent(Append append, CompletableFuture<Void> answer) {

	}

	private static List<EventDraft> draft() {
		return draft(NOW);
	}

	private static List<EventDraft> draft(Instant at) {
		return List.of(new EventDraft(EventType.INVOCATION_COMPLETED, at, null, EventContent.NONE));
	}

	private CompletableFuture<Void> write() {
		this.queue.add(draft());
		return this.queue.flush();
	}

	/** Let the oldest append reach the store and tell its true outcome. */
	private void arrive() {
		Sent next = this.sent.remove();
		apply(next).whenComplete((nothing, failure) -> {
			if (failure != null) {
				next.answer().completeExceptionally(failure);
			}
			else {
				next.answer().complete(null);
			}
		});
	}

	private CompletionStage<Void> apply(Sent append) {
		return this.data.append(append.append());
	}

	private void takePosition(long position, String writer) {
		this.data.append(new Append(ID,
				List.of(new Event(position, EventType.INVOCATION_COMPLETED, writer, NOW, null, EventContent.NONE)),
				new RowChange.None(), Effects.NONE));
	}

	private static void assertLost(CompletableFuture<Void> future, Reason reason) {
		assertThat(future).isCompletedExceptionally();
		assertThatExceptionOfType(java.util.concurrent.CompletionException.class).isThrownBy(future::join)
			.havingCause()
			.isInstanceOfSatisfying(JournalLostException.class, (ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	@Test
	void flushWhileAnAppendIsInFlightWaitsAndTakesTheNextPositions() {
		CompletableFuture<Void> first = write();
		CompletableFuture<Void> second = write();
		CompletableFuture<Void> third = write();
		assertThat(this.sent).hasSize(1);
		arrive();
		assertThat(first).isCompleted();
		assertThat(second).isNotDone();
		assertThat(this.sent).hasSize(1);
		assertThat(this.sent.peek().append().firstPosition()).isEqualTo(3);
		assertThat(this.sent.peek().append().lastPosition()).isEqualTo(4);
		arrive();
		assertThat(second).isCompleted();
		assertThat(third).isCompleted();
		assertThat(this.appended).containsExactly(2L, 3L, 4L);
	}

	@Test
	void appendNamesWhatItFollowsOnceThatIsNotFresh() {
		write();
		assertThat(this.sent.peek().append().follows()).isNull();
		arrive();
		this.queue.add(draft(NOW.plusSeconds(61)));
		this.queue.flush();
		assertThat(this.sent.peek().append().follows()).isEqualTo("mine");
		arrive();
		this.queue.add(draft(NOW.plusSeconds(62)));
		this.queue.flush();
		assertThat(this.sent.peek().append().follows()).isNull();
	}

	@Test
	void invocationThatSleptThroughTheRemovalOfItsExecutionDoesNotJoinTheNewOne() {
		write();
		arrive();
		this.data.append(new Append(ID,
				List.of(new Event(3, EventType.EXECUTION_SUCCEEDED, "other", NOW, null, EventContent.NONE)),
				new RowChange.Update(ExecutionState.ended(ExecutionStatus.SUCCEEDED, NOW, NOW)), Effects.NONE));
		this.data.delete(List.of(ID));
		createExecution();
		takePosition(2, "anew");
		this.queue.add(draft(NOW.plusSeconds(3600)));
		CompletableFuture<Void> slept = this.queue.flush();
		arrive();
		assertLost(slept, Reason.FENCED);
		assertThat(this.data.event(ID, 3)).isEmpty();
	}

	@Test
	void queuedAppendBehindARefusedOneNeverReachesTheStore() {
		CompletableFuture<Void> first = write();
		CompletableFuture<Void> queued = write();
		takePosition(2, "other");
		arrive();
		assertLost(first, Reason.FENCED);
		assertLost(queued, Reason.FENCED);
		assertThat(this.sent).isEmpty();
		assertThat(this.lost).containsExactly(Reason.FENCED);
		assertThatExceptionOfType(JournalLostException.class).isThrownBy(() -> this.queue.add(draft()));
		assertLost(this.queue.flush(), Reason.FENCED);
	}

	@Test
	void connectionCutAfterTheCommitIsFoundAppliedByItsOwnId() {
		CompletableFuture<Void> first = write();
		Sent cut = this.sent.remove();
		apply(cut);
		cut.answer().completeExceptionally(new StoreUnavailableException("cut", null));
		assertThat(first).isNotDone();
		this.timers.remove(0).run();
		arrive();
		assertThat(first).isCompleted();
		assertThat(this.appended).containsExactly(2L);
		assertThat(this.data.event(ID, 3)).isEmpty();
	}

	@Test
	void connectionCutBeforeTheCommitIsSentAgain() {
		CompletableFuture<Void> first = write();
		this.sent.remove().answer().completeExceptionally(new StoreUnavailableException("cut", null));
		this.timers.remove(0).run();
		arrive();
		assertThat(first).isCompleted();
		assertThat(this.data.event(ID, 2)).isPresent();
	}

	@Test
	void connectionCutWhileAnotherWriterTakesThePositionIsFenced() {
		CompletableFuture<Void> first = write();
		this.sent.remove().answer().completeExceptionally(new StoreUnavailableException("cut", null));
		takePosition(2, "other");
		this.timers.remove(0).run();
		arrive();
		assertLost(first, Reason.FENCED);
	}

	@Test
	void storeThatStaysAwayClosesTheJournal() {
		CompletableFuture<Void> first = write();
		CompletableFuture<Void> queued = write();
		for (int i = 0; i < 3; i++) {
			this.sent.remove().answer().completeExceptionally(new StoreUnavailableException("down", null));
			this.timers.remove(0).run();
		}
		this.sent.remove().answer().completeExceptionally(new StoreUnavailableException("down", null));
		assertLost(first, Reason.UNAVAILABLE);
		assertLost(queued, Reason.UNAVAILABLE);
		assertThat(this.timers).isEmpty();
	}

	@Test
	void connectionCutWhenThereIsNoThreadToLookClosesTheJournal() {
		CompletableFuture<Void> first = write();
		takePosition(2, "other");
		this.executor = (task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		};
		arrive();
		assertLost(first, Reason.UNAVAILABLE);
	}

	@Test
	void transactionThatWasCommittedThoughItWasToldAsRolledBackClosesTheJournal() {
		Reservation reservation = this.queue.reserve(draft().get(0));
		this.data.append(reservation.append());
		this.queue.released(reservation);
		this.queue.add(List.of(new EventDraft(EventType.STEP_FAILED, NOW, null, EventContent.NONE, Effects.NONE)));
		CompletableFuture<Void> retry = this.queue.flush();
		arrive();
		assertLost(retry, Reason.UNAVAILABLE);
		assertThat(this.appended).isEmpty();
	}

	@Test
	void storeThatAnswersOnTheThreadThatAsksIsAskedInALoop() {
		int appends = 20_000;
		this.answersAtOnce = true;
		this.whenAppended = () -> {
			if (this.appended.size() < appends) {
				write();
			}
		};
		assertThat(write()).isCompleted();
		assertThat(this.appended).hasSize(appends);
	}

	@Test
	void closedQueueTakesNothingAfterItsLastAppend() {
		this.queue.add(draft());
		CompletableFuture<Void> last = this.queue.close(draft(), new RowChange.Update(ExecutionState.sleeping(NOW)));
		assertThatExceptionOfType(JournalLostException.class).isThrownBy(() -> this.queue.add(draft()));
		assertThat(this.sent.peek().append().events()).hasSize(2);
		arrive();
		assertThat(last).isCompleted();
		assertThat(this.data.find(ID).orElseThrow().state().wakeAt()).isEqualTo(NOW);
	}

	@Test
	void alarmAfterTheWaitHasNoDrift() {
		List<Duration> delays = new ArrayList<>();
		Alarm alarm = new Alarm((delay, task) -> {
			delays.add(delay);
			return () -> {
			};
		}, () -> NOW, () -> {
		});
		alarm.set(NOW.plusSeconds(10));
		alarm.set(NOW.plusSeconds(20));
		alarm.set(NOW.plusSeconds(5));
		alarm.set(NOW.minusSeconds(5));
		assertThat(delays).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ZERO);
	}

}
