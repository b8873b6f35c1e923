package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/** Drafts that go out as one append; belongs to the lock of its queue. */
final class Batch {

	/**
	 * An event that was seen so shortly ago is still there: nothing is removed sooner
	 * after it ended.
	 */
	static final Duration SURELY_THERE = Duration.ofMinutes(1);

	private final List<EventDraft> drafts = new ArrayList<>();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Set<String> consumed = new LinkedHashSet<>();

	private RowChange row = new RowChange.None();

	private boolean wanted;

	void add(List<EventDraft> more) {
		this.drafts.addAll(more);
	}

	/** Delete signals along with the events. */
	void consume(Collection<String> signals) {
		this.consumed.addAll(signals);
	}

	void remove(EventDraft draft) {
		this.drafts.remove(draft);
	}

	void changeRow(RowChange row) {
		this.row = row;
	}

	void want() {
		this.wanted = true;
	}

	boolean isWanted() {
		return this.wanted;
	}

	boolean isEmpty() {
		return this.drafts.isEmpty();
	}

	CompletableFuture<Void> done() {
		return this.done;
	}

	/**
	 * Take over what another batch has collected; whoever waits for it waits for this.
	 */
	void absorb(Batch later) {
		this.drafts.addAll(later.drafts);
		this.consumed.addAll(later.consumed);
		this.wanted |= later.wanted;
		if (!(later.row instanceof RowChange.None)) {
			this.row = later.row;
		}
		this.done.whenComplete((nothing, failure) -> {
			if (failure != null) {
				later.done.completeExceptionally(failure);
			}
			else {
				later.done.complete(null);
			}
		});
	}

	/**
	 * When the earliest of the operations that these drafts start becomes due, or null.
	 */
	@Nullable Instant dueAt() {
		Instant due = null;
		for (EventDraft draft : this.drafts) {
			due = UpdateWriter.earlier(due, draft.content().details().instant(Details.DUE_AT));
		}
		return due;
	}

	/**
	 * Make an append that follows an event. That it is still there need not be looked at
	 * when it was seen just now; later, another node may have ended the execution, and
	 * its retention may have passed.
	 */
	Append toAppend(ExecutionId execution, String invocation, @Nullable Event last, Instant seenAt) {
		long position = (last != null) ? last.position() + 1 : 1;
		List<Event> events = new ArrayList<>();
		List<CallbackRow> callbacks = new ArrayList<>();
		List<String> consumed = new ArrayList<>(this.consumed);
		List<Signal> signals = new ArrayList<>();
		boolean close = false;
		for (EventDraft draft : this.drafts) {
			events.add(draft.at(position + events.size(), invocation));
			callbacks.addAll(draft.effects().callbacks());
			consumed.addAll(draft.effects().consumed());
			signals.addAll(draft.effects().signals());
			close |= draft.effects().closeCallbacks();
		}
		return new Append(execution, events, this.row, new Effects(callbacks, consumed, signals, close),
				(last != null && isLongAfter(seenAt)) ? last.invocation() : null);
	}

	private boolean isLongAfter(Instant seenAt) {
		return this.drafts.stream().anyMatch((draft) -> draft.at().minus(SURELY_THERE).isAfter(seenAt));
	}

}
