package dev.durable.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.store.Append;
import dev.durable.store.Event;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the journal of one execution for one invocation: at most one append is in
 * flight, positions are given when it is sent, and after a failure nothing more is sent.
 */
final class AppendQueue {

	/**
	 * A transaction that waits longer for the journal is more likely waiting for itself.
	 */
	private static final long MAX_RESERVATION_SECONDS = 30;

	private final Delivery delivery;

	private final ExecutionId execution;

	private final String invocation;

	private final Listener listener;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition landed = this.lock.newCondition();

	private Batch collecting = new Batch();

	private @Nullable Batch inFlight;

	private @Nullable JournalLostException lost;

	private boolean closing;

	/** What is at the last position. */
	private @Nullable Event last;

	/** When that was there. */
	private Instant seenAt;

	AppendQueue(Delivery delivery, ExecutionId execution, String invocation, Loaded loaded, Listener listener) {
		this.delivery = delivery;
		this.execution = execution;
		this.invocation = invocation;
		this.last = loaded.last();
		this.seenAt = loaded.seenAt();
		if (this.last != null && this.last.timestamp().isAfter(this.seenAt)) {
			this.seenAt = this.last.timestamp();
		}
		this.listener = listener;
	}

	/** Take drafts that go out with the next flush. */
	void add(List<EventDraft> drafts) {
		this.lock.lock();
		try {
			checkOpen();
			this.collecting.add(drafts);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for what is in flight, and return the earliest due time of what is not sent
	 * yet.
	 */
	@Nullable Instant pendingDue() {
		while (true) {
			this.lock.lock();
			try {
				while (this.inFlight != null) {
					this.landed.awaitUninterruptibly();
				}
				if (this.lost != null || !this.collecting.isWanted()) {
					return this.collecting.dueAt();
				}
			}
			finally {
				this.lock.unlock();
			}
			sendNext();
		}
	}

	/** Delete signals with the next append, whenever that goes out. */
	void consume(Collection<String> signals) {
		this.lock.lock();
		try {
			this.collecting.consume(signals);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkOpen() {
		if (this.lost != null) {
			throw this.lost;
		}
		if (this.closing) {
			throw new JournalLostException(Reason.CLOSED,
					"The invocation of execution '%s' has ended and records nothing more".formatted(this.execution),
					null);
		}
	}

	/**
	 * Send what was added; the future tells when it is durable and the listener knows.
	 */
	CompletableFuture<Void> flush() {
		CompletableFuture<Void> done;
		this.lock.lock();
		try {
			if (this.lost != null) {
				return CompletableFuture.failedFuture(this.lost);
			}
			if (this.collecting.isEmpty()) {
				return (this.inFlight != null) ? this.inFlight.done() : CompletableFuture.completedFuture(null);
			}
			this.collecting.want();
			done = this.collecting.done();
		}
		finally {
			this.lock.unlock();
		}
		sendNext();
		return done;
	}

	/** Send what was added and these drafts as the invocation's last append. */
	CompletableFuture<Void> close(List<EventDraft> last, RowChange row) {
		this.lock.lock();
		try {
			checkOpen();
			this.collecting.add(last);
			this.collecting.changeRow(row);
			this.closing = true;
		}
		catch (JournalLostException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.lock.unlock();
		}
		return flush();
	}

	/** Refuse everything from now on. */
	void lose(JournalLostException reason) {
		Batch flying;
		Batch waiting;
		this.lock.lock();
		try {
			if (this.lost != null) {
				return;
			}
			this.lost = reason;
			flying = this.inFlight;
			waiting = this.collecting;
			this.inFlight = null;
			this.landed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.listener.lost(reason);
		if (flying != null) {
			flying.done().completeExceptionally(reason);
		}
		waiting.done().completeExceptionally(reason);
	}

	/**
	 * Send what somebody waits for, and what is added until that has landed. In a loop,
	 * as a store may answer on the thread that asks.
	 */
	private void sendNext() {
		CompletableFuture<Void> sent = send();
		while (sent != null && sent.isDone()) {
			sent = send();
		}
		if (sent != null) {
			sent.whenComplete((nothing, failure) -> sendNext());
		}
	}

	/**
	 * Return when the next batch has landed, or {@code null} if there is none to send.
	 */
	private @Nullable CompletableFuture<Void> send() {
		Batch batch;
		Append append;
		this.lock.lock();
		try {
			if (this.inFlight != null || this.lost != null || !this.collecting.isWanted()) {
				return null;
			}
			batch = this.collecting;
			append = depart(batch);
		}
		finally {
			this.lock.unlock();
		}
		return this.delivery.deliver(append).whenComplete((nothing, failure) -> {
			if (failure == null) {
				land(batch, append);
			}
			else {
				lose((JournalLostException) failure);
			}
		});
	}

	private Append depart(Batch batch) {
		this.collecting = new Batch();
		this.inFlight = batch;
		return batch.toAppend(this.execution, this.invocation, this.last, this.seenAt);
	}

	private void land(Batch batch, Append append) {
		this.listener.appended(append.events());
		this.lock.lock();
		try {
			this.last = append.events().get(append.events().size() - 1);
			this.seenAt = this.last.timestamp();
			if (this.inFlight == batch) {
				this.inFlight = null;
			}
			this.landed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		batch.done().complete(null);
	}

	/**
	 * Take the next positions for what was added and one more draft, for an append that
	 * somebody else writes; until its end is told nothing else is sent.
	 */
	Reservation reserve(EventDraft draft) {
		long remaining = TimeUnit.SECONDS.toNanos(MAX_RESERVATION_SECONDS);
		this.lock.lock();
		try {
			while (this.inFlight != null && remaining > 0) {
				remaining = this.landed.awaitNanos(remaining);
			}
			checkOpen();
			if (this.inFlight != null) {
				throw new StoreUnavailableException(
						"The journal of execution '%s' was busy for %d s while a transaction waited for it"
							.formatted(this.execution, MAX_RESERVATION_SECONDS),
						null);
			}
			Batch reserved = this.collecting;
			reserved.add(List.of(draft));
			return new Reservation(reserved, draft, depart(reserved));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreUnavailableException(
					"Interrupted while waiting for the journal of execution '%s'".formatted(this.execution), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What was reserved is durable. */
	void landed(Reservation reservation) {
		land(reservation.batch(), reservation.append());
		sendNext();
	}

	/**
	 * What was reserved was not written: the positions are free, and all but its own
	 * draft goes out later.
	 */
	void released(Reservation reservation) {
		this.lock.lock();
		try {
			if (this.lost != null) {
				return;
			}
			Batch batch = reservation.batch();
			batch.remove(reservation.draft());
			batch.absorb(this.collecting);
			this.collecting = batch;
			this.inFlight = null;
			this.landed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		sendNext();
	}

	/**
	 * Nobody knows whether what was reserved was written: the journal will tell another
	 * invocation.
	 */
	void unknown(Reservation reservation) {
		lose(new JournalLostException(Reason.UNAVAILABLE,
				"Nobody knows whether position %d of execution '%s' was committed; its journal will tell"
					.formatted(reservation.append().firstPosition(), this.execution),
				null));
	}

	/** Learns what became of appends. */
	interface Listener {

		/**
		 * Events are durable; called in position order, before anybody who waits goes on.
		 * @param events the events
		 */
		void appended(List<Event> events);

		/**
		 * Nothing more will be written.
		 * @param reason why
		 */
		void lost(JournalLostException reason);

	}

}
