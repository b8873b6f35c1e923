package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import dev.durable.store.tck.VirtualTime;

/** One execution, and two nodes, each with what it does about it. */
final class TwoNodes {

	static final NodeId HERE = new NodeId("node-here");

	static final NodeId THERE = new NodeId("node-there");

	static final FunctionVersion FUNCTION = new FunctionVersion("process-order", "1");

	private static final String INVOCATION = "invocation";

	private final VirtualTime time = new VirtualTime();

	private final ExecutionId execution = new ExecutionId(UUID.randomUUID().toString());

	private final String table;

	private final AtomicInteger claims = new AtomicInteger();

	private final Node here;

	private final Node there;

	private final Node third;

	/**
	 * Begin.
	 * @param table where; the execution is the only one there
	 */
	TwoNodes(String table) {
		this.table = table;
		this.here = new Node(HERE);
		this.there = new Node(THERE);
		this.third = new Node(new NodeId("node-third"));
	}

	ExecutionId execution() {
		return this.execution;
	}

	Node here() {
		return this.here;
	}

	Node there() {
		return this.there;
	}

	VirtualTime time() {
		return this.time;
	}

	String table() {
		return this.table;
	}

	/** How often a claim gave the execution to a node. */
	int claims() {
		return this.claims.get();
	}

	Instant now() {
		return this.time.instant();
	}

	/** A node that comes before and after the others. */
	Node third() {
		return this.third;
	}

	/** A node, with a store and a client of its own. */
	final class Node {

		private final HaltingClient client = new HaltingClient();

		private final DynamoDbCheckpointStore store;

		private final NodeId id;

		private Node(NodeId id) {
			this.id = id;
			this.store = StorePair.store(this.client.client(), TwoNodes.this.table, 1, TwoNodes.this.time);
			// which makes sure that the table is there
			this.store.find(TwoNodes.this.execution);
		}

		HaltingClient client() {
			return this.client;
		}

		DynamoDbCheckpointStore store() {
			return this.store;
		}

		/** Start the execution, each time a moment later. */
		boolean start(ExecutionState state) {
			time().advance(Duration.ofMillis(1));
			return append(create(TwoNodes.this.execution, state));
		}

		boolean startOwned() {
			return start(ExecutionState.owned(this.id, 0));
		}

		boolean startDue() {
			return start(due());
		}

		ExecutionState due() {
			return ExecutionState.sleeping(now());
		}

		ExecutionState blocked() {
			return ExecutionState.postponed(now().plusSeconds(600), 1, "Blocked by its code");
		}

		boolean update(long position, ExecutionState state) {
			return append(
					new Append(TwoNodes.this.execution, events(position), new RowChange.Update(state), Effects.NONE));
		}

		boolean end(long position) {
			return update(position, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), now()));
		}

		boolean stop(long position) {
			return update(position, ExecutionState.ended(ExecutionStatus.STOPPED, now(), now()));
		}

		boolean step(long position) {
			return append(new Append(TwoNodes.this.execution, events(position), new RowChange.None(), Effects.NONE));
		}

		/** Append after a long sleep, and so only what follows. */
		boolean lateStep(long position) {
			return append(new Append(TwoNodes.this.execution, events(position), new RowChange.None(), Effects.NONE,
					INVOCATION));
		}

		boolean release(ExecutionState state) {
			return this.store.release(TwoNodes.this.execution, this.id, state);
		}

		boolean claim() {
			return took(this.store.claim(request()));
		}

		boolean claimAbandoned() {
			return took(this.store.claimAbandoned(request(), now().plusSeconds(10)));
		}

		boolean retryBlocked() {
			this.store.retryBlocked(request());
			return true;
		}

		boolean delete() {
			this.store.delete(List.of(TwoNodes.this.execution));
			return true;
		}

		boolean works() {
			return ids(this.store.ownedBy(this.id, Set.of())).contains(TwoNodes.this.execution);
		}

		/** Send the execution a signal, from another one that ends with it. */
		boolean signal() {
			Signal signal = new Signal("signal", TwoNodes.this.execution, SignalKind.CALLBACK,
					new OperationId("operation"), now());
			ExecutionId sender = new ExecutionId("sender-" + UUID.randomUUID());
			append(create(sender, ExecutionState.owned(this.id, 0)));
			append(new Append(sender, events(2),
					new RowChange.Update(ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null)),
					new Effects(List.of(), List.of(), List.of(signal), false)));
			return true;
		}

		private boolean took(List<ExecutionRow> rows) {
			boolean took = ids(rows).contains(TwoNodes.this.execution);
			if (took) {
				TwoNodes.this.claims.incrementAndGet();
			}
			return took;
		}

		private ClaimRequest request() {
			return new ClaimRequest(this.id, Set.of(FUNCTION), now(), 10);
		}

		private boolean append(Append append) {
			CompletableFuture<Void> written = this.store.append(append).toCompletableFuture();
			try {
				written.join();
				return true;
			}
			catch (CompletionException ex) {
				if (ex.getCause() instanceof AppendConflictException) {
					return false;
				}
				throw ex;
			}
		}

		private Append create(ExecutionId id, ExecutionState state) {
			ExecutionIdentity identity = new ExecutionIdentity(id, FUNCTION, null, null, "digest", now(), null);
			return new Append(id, events(1), new RowChange.Create(new ExecutionRow(identity, state)), Effects.NONE);
		}

		private List<Event> events(long position) {
			return List
				.of(new Event(position, EventType.INVOCATION_COMPLETED, INVOCATION, now(), null, EventContent.NONE));
		}

		private List<ExecutionId> ids(List<ExecutionRow> rows) {
			return rows.stream().map((row) -> row.identity().id()).toList();
		}

	}

}
