package dev.durable.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import javax.sql.DataSource;

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
import dev.durable.store.TransactionalStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps durable executions in H2, PostgreSQL, MySQL or MariaDB.
 * <p>
 * Nothing is connected before the first use, and what fails then is tried again at the
 * next. An append runs on the calling thread when no other is in flight; otherwise it
 * goes out with others in one group, and its stage completes on a thread of the store,
 * which must not be blocked. Thread-safe.
 */
public final class JdbcCheckpointStore implements TransactionalStore, SignallingStore, AutoCloseable {

	private final Database database;

	private final StoreClock clock;

	private final JournalWriter writer;

	private final CallerTransaction callerTransaction;

	private final SignalListeners listeners;

	private final Sessions sessions;

	private final JournalStatements journals;

	private final ClaimStatements claims;

	private final SignalStatements signals;

	private final NodeStatements nodes;

	private final ExpiryStatements expiry;

	private JdbcCheckpointStore(Builder builder) {
		this.database = new Database(builder.connections, new JdbcStoreSettings(new TablePrefix(builder.tablePrefix),
				builder.initializeSchema, builder.lockTimeout));
		this.clock = (builder.clock != null) ? builder.clock : new JdbcStoreClock(InstantSource.system());
		this.writer = new JournalWriter(this.database);
		this.callerTransaction = new CallerTransaction(builder.transactional, this.database);
		this.listeners = new SignalListeners(this.database);
		this.sessions = new Sessions(this.database);
		this.journals = new JournalStatements(this.sessions);
		this.claims = new ClaimStatements(this.sessions);
		this.signals = new SignalStatements(this.sessions);
		this.nodes = new NodeStatements(this.sessions);
		this.expiry = new ExpiryStatements(this.sessions);
	}

	/**
	 * Return a builder.
	 * @param connections gives the store connections of its own, at least six at a time;
	 * nobody else's transactions may be able to exhaust them
	 * @return the builder
	 */
	public static Builder builder(DataSource connections) {
		return new Builder(connections);
	}

	/**
	 * Return the read side of this store, on the same connections.
	 * @return the queries
	 */
	public ExecutionQueries queries() {
		return new JdbcExecutionQueries(this.sessions);
	}

	@Override
	public StoreClock clock() {
		return this.clock;
	}

	@Override
	public CompletionStage<Void> append(Append append) {
		CompletionStage<Void> written = this.writer.append(append);
		List<Signal> sent = append.effects().signals();
		if (!sent.isEmpty()) {
			written.thenRun(() -> this.listeners.committed(sent));
		}
		return written;
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return this.journals.find(id);
	}

	@Override
	public void read(Collection<ExecutionId> executions, EventSink sink) {
		this.journals.read(executions, sink);
	}

	@Override
	public Optional<Event> event(ExecutionId execution, long position) {
		return this.journals.event(execution, position);
	}

	@Override
	public Optional<Event> lastEvent(ExecutionId execution) {
		return this.journals.lastEvent(execution);
	}

	@Override
	public List<ExecutionRow> claim(ClaimRequest request) {
		return this.claims.claim(request);
	}

	@Override
	public List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		return this.claims.claimAbandoned(request, silentSince);
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
		return this.signals.signals(executions);
	}

	@Override
	public List<ExecutionId> signalled(NodeId node) {
		return this.signals.signalled(node);
	}

	@Override
	public Optional<CallbackRow> callback(String lookup) {
		return this.signals.callback(lookup);
	}

	@Override
	public boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		boolean won = this.signals.complete(lookup, outcome, signal);
		if (won) {
			this.listeners.committed(signal.stream().toList());
		}
		return won;
	}

	@Override
	public boolean heartbeatCallback(String lookup, Instant heartbeatAt) {
		return this.signals.heartbeat(lookup, heartbeatAt);
	}

	@Override
	public void heartbeat(NodeId node) {
		if (this.clock instanceof JdbcStoreClock measured) {
			measured.measure(this.nodes::now);
		}
		this.nodes.heartbeat(node, this.clock.instant());
	}

	@Override
	public void cleanUp(Optional<NodeId> node, Instant silentSince) {
		this.nodes.cleanUp(node, silentSince);
	}

	@Override
	public List<ExecutionId> expired(Instant now, int limit) {
		return this.expiry.expired(now, limit);
	}

	@Override
	public void delete(Collection<ExecutionId> executions) {
		this.expiry.delete(executions);
	}

	@Override
	public boolean inTransaction() {
		return this.callerTransaction.isActive();
	}

	@Override
	public void appendInTransaction(Append append) {
		this.callerTransaction.append(append);
		List<Signal> sent = append.effects().signals();
		if (!sent.isEmpty()) {
			this.callerTransaction.afterCommit(() -> this.listeners.committed(sent));
		}
	}

	@Override
	public void onCompletion(Runnable beforeCommit, Consumer<Completion> afterCompletion) {
		this.callerTransaction.onCompletion(beforeCommit, afterCompletion);
	}

	/**
	 * Listen for signals until closed: from all nodes on PostgreSQL, from this store
	 * object elsewhere. Other nodes' signals are found there by the next poll.
	 */
	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		return this.listeners.listen(listener);
	}

	/** Give back the store's own connections; appends fail from now on. */
	@Override
	public void close() {
		this.writer.close();
		this.sessions.close();
	}

	/** Builds a store. Not thread-safe. */
	public static final class Builder {

		private final DataSource connections;

		private DataSource transactional;

		private String tablePrefix = TablePrefix.DEFAULT;

		private boolean initializeSchema;

		private Duration lockTimeout = Duration.ofSeconds(2);

		private @Nullable StoreClock clock;

		private Builder(DataSource connections) {
			this.connections = connections;
			this.transactional = connections;
		}

		/**
		 * Let the store join transactions on the application's DataSource.
		 * @param dataSource a DataSource on the same database and schema as the store's
		 * own; default is the store's own
		 * @return this builder
		 */
		public Builder transactional(DataSource dataSource) {
			this.transactional = dataSource;
			return this;
		}

		/**
		 * Set what the names of the tables begin with.
		 * @param tablePrefix a plain identifier of at most 31 characters; default is
		 * {@code durable_}
		 * @return this builder
		 */
		public Builder tablePrefix(String tablePrefix) {
			this.tablePrefix = tablePrefix;
			return this;
		}

		/**
		 * Set whether the store creates missing tables on first use.
		 * @param initializeSchema whether it does; default is {@code false}
		 * @return this builder
		 */
		public Builder initializeSchema(boolean initializeSchema) {
			this.initializeSchema = initializeSchema;
			return this;
		}

		/**
		 * Set how long a write waits for a lock that somebody else holds.
		 * @param lockTimeout from 1 ms to 5 minutes; default is 2 seconds
		 * @return this builder
		 */
		public Builder lockTimeout(Duration lockTimeout) {
			this.lockTimeout = lockTimeout;
			return this;
		}

		/**
		 * Set the time that the store's nodes compare.
		 * @param clock the same for all nodes; default is the machine's time, corrected
		 * by the database's at every heartbeat
		 * @return this builder
		 */
		public Builder clock(StoreClock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Build the store. Opens no connection.
		 * @return the store
		 * @throws IllegalArgumentException if a setting is out of its range
		 */
		public JdbcCheckpointStore build() {
			return new JdbcCheckpointStore(this);
		}

	}

}
