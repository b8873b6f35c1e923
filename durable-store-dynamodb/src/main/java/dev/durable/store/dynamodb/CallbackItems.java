package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackRow.Outcome;
import dev.durable.store.CallbackState;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks by the public part of their ids. One that is pending while its execution has
 * ended is closed; nothing is written for that.
 *
 * @param table where
 * @param journals tells whether an execution has ended
 * @param signals how signals are written
 */
record CallbackItems(Table table, Journals journals, SignalItems signals) {

	private static final Outcome CLOSED = new Outcome(CallbackState.CLOSED, null, null);

	private static final List<String> OUTCOME = List.of(Attributes.STATUS, Attributes.PAYLOAD, Attributes.ERROR,
			Attributes.CHUNKS);

	CompletableFuture<Void> create(Collection<CallbackRow> callbacks, @Nullable Long timeToLive) {
		return CompletableFuture.allOf(callbacks.stream()
			.map((callback) -> this.table.put(item(callback).with(Attributes.TIME_TO_LIVE, timeToLive)))
			.toArray(CompletableFuture[]::new));
	}

	/** Remove callbacks that nobody has heard of. */
	CompletableFuture<Void> remove(Collection<CallbackRow> callbacks) {
		return CompletableFuture.allOf(callbacks.stream()
			.map((callback) -> this.table.delete(Keys.callback(callback.key().lookup())))
			.toArray(CompletableFuture[]::new));
	}

	Optional<CallbackRow> find(String lookup) {
		return item(lookup).map((item) -> callback(lookup, item)).map(this::closedIfEnded);
	}

	boolean complete(String lookup, Outcome outcome, Optional<Signal> signal) {
		Item present = item(lookup).orElse(null);
		if (present == null || !isPending(present)) {
			return false;
		}
		String token = Tokens.next();
		Item values = values(outcome);
		boolean large = ItemSize.of(values) > Chunks.SIZE;
		if (large) {
			Payload bytes = (outcome.payload() != null) ? outcome.payload() : outcome.error();
			Table.await(chunks().write(present.key().partition(), token, Objects.requireNonNull(bytes).bytes(),
					present.number(Attributes.TIME_TO_LIVE)));
			values = Item.map()
				.with(Attributes.STATUS, outcome.state().name())
				.with(Attributes.CHUNKS, token)
				.with((outcome.payload() != null) ? Attributes.PAYLOAD : Attributes.ERROR, new Payload(new byte[0]));
		}
		Change change = Change.replacing(present.key(), OUTCOME, values,
				Condition.equal(Attributes.STATUS, CallbackState.PENDING.name()));
		boolean won = Table.await(signal.isPresent() ? this.table.updateAndPut(change, this.signals.item(signal.get()))
				: this.table.update(change))
			.isDone();
		if (large && !won) {
			Table.await(chunks().delete(present.key().partition(), token));
		}
		return won;
	}

	boolean heartbeat(String lookup, Instant heartbeatAt) {
		Item present = item(lookup).orElse(null);
		if (present == null || !isPending(present)) {
			return false;
		}
		Change change = Change.replacing(present.key(), List.of(Attributes.HEARTBEAT_AT),
				Item.map().with(Attributes.HEARTBEAT_AT, heartbeatAt),
				Condition.equal(Attributes.STATUS, CallbackState.PENDING.name()));
		return Table.await(this.table.update(change)).isDone();
	}

	/** The keys of all that belongs to callbacks. */
	List<Key> keys(Collection<String> lookups) {
		List<Key> keys = new ArrayList<>();
		this.table
			.queryAll(lookups.stream()
				.map((lookup) -> Query.consistent(Keys.all(Keys.callbackPartition(lookup))).keysOnly())
				.toList())
			.forEach((found) -> found.forEach((item) -> keys.add(item.key())));
		return keys;
	}

	private Optional<Item> item(String lookup) {
		return this.table.get(Keys.callback(lookup)).filter(this.journals::isAlive);
	}

	private boolean isPending(Item item) {
		return CallbackState.PENDING.name().equals(item.text(Attributes.STATUS))
				&& !Table.await(this.journals.hasEnded(execution(item)));
	}

	private CallbackRow closedIfEnded(CallbackRow row) {
		boolean closed = row.outcome().state() == CallbackState.PENDING
				&& Table.await(this.journals.hasEnded(row.execution()));
		return closed ? new CallbackRow(row.key(), row.execution(), row.operation(), row.deadlines(), CLOSED) : row;
	}

	private Chunks chunks() {
		return this.journals.chunks();
	}

	private static Item item(CallbackRow callback) {
		return Item.at(Keys.callback(callback.key().lookup()))
			.with(Attributes.SECRET_HASH, callback.key().secretHash())
			.with(Attributes.EXECUTION, callback.execution().value())
			.with(Attributes.OPERATION, callback.operation().value())
			.with(Attributes.TIMEOUT_AT, callback.deadlines().timeoutAt())
			.with(Attributes.HEARTBEAT_TIMEOUT, callback.deadlines().heartbeatTimeout())
			.with(Attributes.HEARTBEAT_AT, callback.deadlines().heartbeatAt())
			.with(values(callback.outcome()));
	}

	private static Item values(Outcome outcome) {
		return Item.map()
			.with(Attributes.STATUS, outcome.state().name())
			.with(Attributes.PAYLOAD, outcome.payload())
			.with(Attributes.ERROR, outcome.error());
	}

	private CallbackRow callback(String lookup, Item item) {
		return new CallbackRow(new CallbackRow.Key(lookup, item.required(Attributes.SECRET_HASH)), execution(item),
				new OperationId(item.required(Attributes.OPERATION)),
				new CallbackRow.Deadlines(item.time(Attributes.TIMEOUT_AT), item.duration(Attributes.HEARTBEAT_TIMEOUT),
						item.time(Attributes.HEARTBEAT_AT)),
				outcome(item));
	}

	private Outcome outcome(Item item) {
		CallbackState state = CallbackState.valueOf(item.required(Attributes.STATUS));
		String chunked = item.text(Attributes.CHUNKS);
		if (chunked == null) {
			return new Outcome(state, item.payload(Attributes.PAYLOAD), item.payload(Attributes.ERROR));
		}
		Payload large = new Payload(chunks().read(item.key().partition(), chunked));
		return item.has(Attributes.PAYLOAD) ? new Outcome(state, large, null) : new Outcome(state, null, large);
	}

	private static ExecutionId execution(Item item) {
		return new ExecutionId(item.required(Attributes.EXECUTION));
	}

}
