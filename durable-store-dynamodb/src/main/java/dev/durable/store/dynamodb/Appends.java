package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CallbackRow;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import org.jspecify.annotations.Nullable;

/**
 * Writes appends: one conditional write each, which decides; what leads up to it is
 * written before and cannot be seen, what follows from it is written after and can be
 * done again by anybody.
 */
final class Appends {

	/** Up to here an item costs one write unit; a head is written again and again. */
	private static final int HEAD_SIZE = 1024;

	/** What the row of a head may gain by later states. */
	private static final int GROWTH = 64;

	private static final Duration LEEWAY = Duration.ofDays(1);

	private final Table table;

	private final Chunks chunks;

	private final Journals journals;

	private final CallbackItems callbacks;

	private final SignalItems signals;

	private final Entries entries;

	private final RowMoves moves;

	private final HeldExecutions held;

	private final Duration retention;

	Appends(Table table, Journals journals, CallbackItems callbacks, RowMoves moves, HeldExecutions held,
			Duration retention) {
		this.table = table;
		this.chunks = journals.chunks();
		this.journals = journals;
		this.callbacks = callbacks;
		this.signals = moves.signals();
		this.entries = moves.entries();
		this.moves = moves;
		this.held = held;
		this.retention = retention;
	}

	CompletableFuture<Void> append(Append append) {
		return this.held.inOrder(append.execution(), (row, last) -> (append.row() instanceof RowChange.Create create)
				? create(append, create.row()) : extend(append, row, last))
			.thenApply((last) -> null);
	}

	private CompletableFuture<Long> create(Append append, ExecutionRow row) {
		ExecutionIdentity identity = row.identity();
		ExecutionState state = row.state();
		String token = Tokens.next();
		Item head = Item.map()
			.with(StoredRow.identity(identity))
			.with(StoredRow.state(state))
			.with(Attributes.ROW_POSITION, (Long) 1L)
			.with(StoredRow.tokens(state, token));
		Draft draft = draft(append, identity, token, head, HEAD_SIZE);
		Instant begun = this.entries.clock().instant();
		return this.entries.lead(identity, state, token)
			.thenCompose((nothing) -> write(append, draft, null))
			.thenCompose((written) -> {
				if (written instanceof Written.Refused refused) {
					return refuseCreation(append, draft, state, refused.present());
				}
				if (state.node() != null) {
					this.held.hold(new StoredRow(identity, state, 1, token, null, token));
				}
				return this.entries.affirm(begun, identity, state, token)
					.thenCompose((nothing) -> follow(append))
					.thenCompose((nothing) -> this.entries.listing().show(identity, null, state));
			})
			.thenApply((nothing) -> append.lastPosition());
	}

	/**
	 * The entry stays if the same node owns the execution: it may be what leads to it.
	 */
	private CompletableFuture<Void> refuseCreation(Append append, Draft draft, ExecutionState state, Item present) {
		boolean leads = state.node() != null && state.node().value().equals(present.text(Attributes.NODE));
		CompletableFuture<Void> undone = undo(append, draft, present);
		if (!leads) {
			undone = undone.thenCompose((nothing) -> this.entries.undo(append.execution(), state, draft.token()));
		}
		if (isMine(append, present)) {
			undone = undone.thenCompose((nothing) -> list(append.execution()));
		}
		return undone.thenCompose((nothing) -> refuse(append, present));
	}

	/** The first attempt may not have come to the list; what ended since left it. */
	private CompletableFuture<Void> list(ExecutionId id) {
		return this.journals.load(id).thenCompose((found) -> {
			StoredRow row = found.filter((present) -> !present.hasEnded()).map(Present::row).orElse(null);
			return (row != null) ? this.entries.listing().show(row.identity(), null, row.state())
					: CompletableFuture.completedFuture(null);
		});
	}

	private CompletableFuture<Long> extend(Append append, @Nullable StoredRow row, long last) {
		if (row != null && last == append.firstPosition() - 1 && append.follows() == null) {
			return extend(append, row, true, null);
		}
		return this.journals.load(append.execution()).thenCompose((found) -> {
			Present present = found.orElse(null);
			if (present == null || !isNext(append, present)) {
				return this.table.getLater(Keys.append(append.execution(), append.firstPosition()))
					.thenCompose((taken) -> refuse(append, taken.orElse(Item.map())))
					.thenApply((nothing) -> append.lastPosition());
			}
			Tail checked = (append.follows() != null) ? present.tail() : null;
			return (row != null) ? extend(append, row, true, checked) : extend(append, present.row(), false, checked);
		});
	}

	/** A head that says so without its journal is what a removal has left so far. */
	private static boolean isNext(Append append, Present present) {
		Tail tail = present.tail();
		boolean isBeingRemoved = present.row().state().status().isTerminal() && !tail.hasEnded();
		return append.firstPosition() == tail.last() + 1 && !isBeingRemoved
				&& (append.follows() == null || append.follows().equals(tail.invocation()));
	}

	/**
	 * Extend a journal.
	 * @param owns whether this store's node owns the execution
	 * @param checked the append that must still be there, or {@code null} if that is sure
	 */
	private CompletableFuture<Long> extend(Append append, StoredRow row, boolean owns, @Nullable Tail checked) {
		Item state = (append.row() instanceof RowChange.Update update) ? StoredRow.state(update.state()) : null;
		Draft draft = draft(append, row.identity(), Tokens.next(), Item.map().with(Attributes.ROW, state), Chunks.SIZE);
		return announce(append, row)
			.thenCompose((announced) -> write(append, draft, checked)
				.thenCompose((written) -> (written instanceof Written.Refused refused)
						? withdraw(announced).thenCompose((nothing) -> undo(append, draft, refused.present()))
							.thenCompose((nothing) -> refuse(append, refused.present()))
						: follow(append).thenCompose((nothing) -> moveRow(append, row, owns))
							.thenCompose((nothing) -> withdraw(announced))))
			.thenApply((nothing) -> append.lastPosition());
	}

	/**
	 * Who ends an execution that nobody works on must not leave it half-ended: its
	 * signals would wait until it is due.
	 */
	private CompletableFuture<Optional<Key>> announce(Append append, StoredRow row) {
		boolean ends = append.row() instanceof RowChange.Update update && update.state().status().isTerminal();
		return (ends && row.state().node() == null) ? this.entries.announce(row.identity()).thenApply(Optional::of)
				: CompletableFuture.completedFuture(Optional.empty());
	}

	private CompletableFuture<Void> withdraw(Optional<Key> announced) {
		return announced.isPresent() ? this.table.delete(announced.get()) : CompletableFuture.completedFuture(null);
	}

	/** Leave no trace of an append that did not happen. */
	private CompletableFuture<Void> undo(Append append, Draft draft, Item present) {
		List<CallbackRow> created = isMine(append, present) ? List.of() : append.effects().callbacks();
		return CompletableFuture.allOf(this.callbacks.remove(created), deleteChunks(append, draft));
	}

	/**
	 * Refuse an append whose position is taken. If it is taken by the same append, sent
	 * before, that may have been interrupted, so finish it.
	 */
	private CompletableFuture<Void> refuse(Append append, Item present) {
		this.held.letGo(append.execution());
		CompletableFuture<Void> finished = isMine(append, present) ? finish(append)
				: CompletableFuture.completedFuture(null);
		return finished.thenCompose((nothing) -> CompletableFuture
			.failedFuture(new AppendConflictException(append.execution(), append.firstPosition())));
	}

	/** Do what follows from an append, unless others have gone on from it. */
	private CompletableFuture<Void> finish(Append append) {
		return this.journals.load(append.execution()).thenCompose((found) -> {
			Present present = found.orElse(null);
			if (present == null || present.tail().first() != append.firstPosition()) {
				return CompletableFuture.completedFuture(null);
			}
			return (present.tail().state() == null) ? follow(append)
					: this.moves.repair(present).thenApply((repaired) -> null);
		});
	}

	private CompletableFuture<Void> deleteChunks(Append append, Draft draft) {
		return (draft.large() != null) ? this.chunks.delete(Keys.execution(append.execution()), draft.token())
				: CompletableFuture.completedFuture(null);
	}

	/** What an append sends and consumes; doing it again changes nothing. */
	private CompletableFuture<Void> follow(Append append) {
		return this.signals.send(append.effects().signals())
			.thenCompose((nothing) -> this.signals.consume(append.execution(), append.effects().consumed()));
	}

	private CompletableFuture<Void> moveRow(Append append, StoredRow row, boolean owns) {
		if (!(append.row() instanceof RowChange.Update update)) {
			return CompletableFuture.completedFuture(null);
		}
		ExecutionState to = update.state();
		this.held.letGo(append.execution());
		if (!owns) {
			return this.moves.apply(append.execution(), to, append.firstPosition());
		}
		if (to.status().isTerminal()) {
			return this.moves.end(row, to);
		}
		return this.moves.move(row, to, append.firstPosition()).thenApply((moved) -> null);
	}

	private CompletableFuture<Written> write(Append append, Draft draft, @Nullable Tail checked) {
		Item item = draft.item();
		CompletableFuture<Void> before = this.callbacks.create(append.effects().callbacks(),
				item.number(Attributes.TIME_TO_LIVE));
		if (draft.large() != null) {
			before = CompletableFuture.allOf(before, this.chunks.write(Keys.execution(append.execution()),
					draft.token(), draft.large(), item.number(Attributes.TIME_TO_LIVE)));
		}
		Condition free = Condition.ABSENT.or(new Condition("#ttl <= :now",
				Item.map().with(":now", (Long) this.journals.clock().instant().getEpochSecond()).values()));
		return before
			.thenCompose((nothing) -> (checked == null) ? this.table.putIf(item, free)
					: this.table.checkAndPut(Keys.append(append.execution(), checked.first()), stillThere(checked),
							item, free))
			.thenApply((written) -> isThisWrite(written, draft) ? new Written.Done(Item.map()) : written);
	}

	/**
	 * A head stays until its removal ends, but says then that its execution has ended.
	 */
	private static Condition stillThere(Tail tail) {
		Condition same = Condition.equal(Attributes.TOKEN, tail.token());
		return (tail.first() == 1) ? same.and(Condition.of("attribute_not_exists(#st)")) : same;
	}

	/** The client sent it twice, as it got no answer the first time. */
	private static boolean isThisWrite(Written written, Draft draft) {
		return written instanceof Written.Refused refused
				&& draft.token().equals(refused.present().text(Attributes.TOKEN));
	}

	/** Whether a taken position holds this very append, from an earlier attempt. */
	private static boolean isMine(Append append, Item present) {
		Item row = present.map(Attributes.ROW);
		return append.events().get(0).invocation().equals(present.text(Attributes.INVOCATION))
				&& present.number(Attributes.LAST, 0) == append.lastPosition()
				&& ((append.row() instanceof RowChange.Update update) ? StoredRow.state(update.state()).equals(row)
						: row == null);
	}

	private Draft draft(Append append, ExecutionIdentity identity, String token, Item more, int inlineSize) {
		byte[] events = EventBytes.write(append.events());
		Item item = Item.at(Keys.append(append.execution(), append.firstPosition()))
			.with(Attributes.LAST, (Long) append.lastPosition())
			.with(Attributes.INVOCATION, append.events().get(0).invocation())
			.with(Attributes.LAST_INVOCATION, lastInvocation(append))
			.with(Attributes.TOKEN, token)
			.with(Attributes.TIME_TO_LIVE, timeToLive(identity.timeoutAt()))
			.withMaps(Attributes.SIGNALS, append.effects().signals().stream().map(SignalItems::map).toList())
			.withTexts(Attributes.CALLBACKS,
					append.effects().callbacks().stream().map((callback) -> callback.key().lookup()).toList())
			.with(more);
		boolean large = ItemSize.of(item) + events.length > inlineSize - GROWTH;
		item = large ? item.with(Attributes.CHUNKS, token) : item.with(Attributes.EVENTS, new Payload(events));
		return new Draft(item, token, large ? events : null);
	}

	private static @Nullable String lastInvocation(Append append) {
		String last = append.events().get(append.events().size() - 1).invocation();
		return last.equals(append.events().get(0).invocation()) ? null : last;
	}

	private @Nullable Long timeToLive(@Nullable Instant timeoutAt) {
		return (timeoutAt != null && !this.retention.isNegative())
				? (Long) timeoutAt.plus(this.retention).plus(LEEWAY).getEpochSecond() : null;
	}

	/**
	 * An append about to be written.
	 *
	 * @param item its item
	 * @param token the attempt
	 * @param large its events, if they do not fit into the item
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Draft(Item item, String token, byte @Nullable [] large) {

	}

}
