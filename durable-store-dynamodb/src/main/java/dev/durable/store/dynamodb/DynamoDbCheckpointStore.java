package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreClock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Keeps durable executions in one DynamoDB table.
 * <p>
 * An append is one conditional write of one item. What else it means is written after it
 * and can be finished by anybody, so no transaction is needed but for a callback's end.
 * Nothing is sent before the first use, and what fails then is tried again at the next.
 * Appends complete on threads of the client. Thread-safe.
 */
public final class DynamoDbCheckpointStore implements SignallingStore {

	private final StoreClock clock;

	private final SignalListeners listeners = new SignalListeners();

	private final HeldExecutions held = new HeldExecutions();

	private final Journals journals;

	private final SignalItems signals;

	private final CallbackItems callbacks;

	private final Appends appends;

	private final Claims claims;

	private final NodeItems nodes;

	private final Expiry expiry;

	private final ExecutionQueries queries;

	private DynamoDbCheckpointStore(Builder builder) {
		DynamoDbStoreSettings settings = new DynamoDbStoreSettings(builder.table, builder.createTable, builder.shards,
				builder.listIndex, builder.retention);
		this.clock = (builder.clock != null) ? builder.clock : new DynamoDbStoreClock(InstantSource.system());
		Table table = new Table(builder.client, new TableSetup(builder.client, settings));
		Keys keys = new Keys(settings.shards());
		this.journals = new Journals(table, new Chunks(table), this.clock);
		this.signals = new SignalItems(table, keys);
		this.callbacks = new CallbackItems(table, this.journals, this.signals);
		this.nodes = new NodeItems(table);
		Entries entries = new Entries(table, keys, new Listing(table, keys, settings.listed()), this.clock);
		RowMoves moves = new RowMoves(table, this.journals, entries, this.signals);
		this.appends = new Appends(table, this.journals, this.callbacks, moves, this.held, settings.retention());
		this.claims = new Claims(table, keys, moves, this.held);
		this.expiry = new Expiry(table, keys, moves, this.callbacks, this.held);
		this.queries = new DynamoDbExecutionQueries(table, keys, this.journals, settings.listed());
	}

	/**
	 * Return a builder.
	 * @param client the way to DynamoDB; its settings say how often and how long requests
	 * are tried
	 * @return the builder
	 */
	public static Builder builder(DynamoDbAsyncClient client) {
		return new Builder(client);
	}

	/**
	 * Return the read side of this store.
	 * @return the queries
	 */
	public ExecutionQueries queries() {
		return this.queries;
	}

	@Override
	public StoreClock clock() {
		return this.clock;
	}

	@Override
	public CompletionStage<Void> append(Append append) {
		List<Signal> sent = append.effects().signals();
		CompletionStage<Void> written = this.appends.append(append);
		return sent.isEmpty() ? written : written.thenRun(() -> this.listeners.sent(sent));
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return this.queries.find(id);
	}

	/**
	 * One query for each execution: a partition is as much as DynamoDB reads in order.
	 */
	@Override
	public void read(Collection<ExecutionId> executions, EventSink sink) {
		for (ExecutionId id : Set.copyOf(executions)) {
			this.held.sawLast(id, this.journals.read(id, sink));
		}
	}

	@Override
	public Optional<Event> event(ExecutionId execution, long position) {
		return this.journals.event(execution, position);
	}

	@Override
	public Optional<Event> lastEvent(ExecutionId execution) {
		return this.journals.last(execution);
	}

	@Override
	public List<ExecutionRow> claim(ClaimRequest request) {
		return this.claims.claim(request);
	}

	@Override
	public List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		return this.claims.claimAbandoned(request, this.nodes.alive(silentSince));
	}

	@Override
	public List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		return this.claims.ownedBy(node, except);
	}

	@Override
	public boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		return this.claims.release(id, owner, state);
	}

	@Override
	public void retryBlocked(ClaimRequest request) {
		this.claims.retryBlocked(request);
	}

	@Override
	public List<Signal> signals(Collection<ExecutionId> executions) {
		return this.signals.of(executions);
	}

	@Override
	public List<ExecutionId> signalled(NodeId node) {
		Set<ExecutionId> waiting = Set.copyOf(this.signals.all().stream().map(Signal::execution).toList());
		return waiting.isEmpty() ? List.of() : this.claims.ownedAmong(waiting, node);
	}

	@Override
	public Optional<CallbackRow> callback(String lookup) {
		return this.callbacks.find(lookup);
	}

	@Override
	public boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		boolean won = this.callbacks.complete(lookup, outcome, signal);
		if (won) {
			this.listeners.sent(signal.stream().toList());
		}
		return won;
	}

	@Override
	public boolean heartbeatCallback(String lookup, Instant heartbeatAt) {
		return this.callbacks.heartbeat(lookup, heartbeatAt);
	}

	@Override
	public void heartbeat(NodeId node) {
		if (this.clock instanceof DynamoDbStoreClock measured) {
			Instant before = measured.machine();
			this.nodes.heartbeat(node, measured.instant())
				.ifPresent((told) -> measured.measure(before, told, measured.machine()));
		}
		else {
			this.nodes.heartbeat(node, this.clock.instant());
		}
	}

	@Override
	public void cleanUp(Optional<NodeId> node, Instant silentSince) {
		node.ifPresent(this.nodes::remove);
		this.nodes.removeSilent(silentSince, this.claims::ownsNothing);
		for (Signal signal : this.signals.all()) {
			if (Table.await(this.journals.load(signal.execution())).map(Present::hasEnded).orElse(true)) {
				Table.await(this.signals.consume(signal.execution(), List.of(signal.id())));
			}
		}
	}

	@Override
	public List<ExecutionId> expired(Instant now, int limit) {
		return this.expiry.expired(now, limit);
	}

	@Override
	public void delete(Collection<ExecutionId> executions) {
		executions.forEach(this.expiry::delete);
	}

	/**
	 * Listen for signals that this store object sends; other nodes find them by polling.
	 */
	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		return this.listeners.listen(listener);
	}

	/** Builds a store. Not thread-safe. */
	public static final class Builder {

		private final DynamoDbAsyncClient client;

		private String table = "durable";

		private boolean createTable;

		private int shards = 4;

		private boolean listIndex = true;

		private Duration retention = Duration.ofDays(14);

		private @Nullable StoreClock clock;

		private Builder(DynamoDbAsyncClient client) {
			this.client = client;
		}

		/**
		 * Set the table's name.
		 * @param table 3 to 255 of {@code [a-zA-Z0-9_.-]}; default is {@code durable}
		 * @return this builder
		 */
		public Builder table(String table) {
			this.table = table;
			return this;
		}

		/**
		 * Set whether the store creates the table on first use if it is missing: paid by
		 * request, with TTL.
		 * @param createTable whether it does; default is {@code false}
		 * @return this builder
		 */
		public Builder createTable(boolean createTable) {
			this.createTable = createTable;
			return this;
		}

		/**
		 * Set how many partitions share the work of all executions. One takes up to 1,000
		 * write units a second, and each is asked at every poll. It cannot change once
		 * the table is used.
		 * @param shards from 1 to 128; default is 4
		 * @return this builder
		 */
		public Builder shards(int shards) {
			this.shards = shards;
			return this;
		}

		/**
		 * Set whether executions are listed, and removed once they expire. It costs four
		 * write units for each execution; without, executions are only found by id, and
		 * DynamoDB removes them after their timeout and the retention.
		 * @param listIndex whether they are; default is {@code true}
		 * @return this builder
		 */
		public Builder listIndex(boolean listIndex) {
			this.listIndex = listIndex;
			return this;
		}

		/**
		 * Set the longest retention of any function. DynamoDB removes by itself what is a
		 * day older than its execution's timeout and this.
		 * @param retention negative for ever: then nothing is removed that way; default
		 * is 14 days
		 * @return this builder
		 */
		public Builder retention(Duration retention) {
			this.retention = retention;
			return this;
		}

		/**
		 * Set the time that the store's nodes compare.
		 * @param clock the same for all nodes; default is the machine's time, corrected
		 * if DynamoDB's answers differ from it by more than half a second
		 * @return this builder
		 */
		public Builder clock(StoreClock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Build the store. Sends nothing.
		 * @return the store
		 * @throws IllegalArgumentException if a setting is out of its range
		 */
		public DynamoDbCheckpointStore build() {
			return new DynamoDbCheckpointStore(this);
		}

	}

}
