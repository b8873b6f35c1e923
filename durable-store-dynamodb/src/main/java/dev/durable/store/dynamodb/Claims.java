package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Hands executions to nodes. Entries lead to candidates; a condition on the head lets one
 * node win.
 *
 * @param table where
 * @param keys under which keys
 * @param moves repairs rows
 * @param held what this node holds
 */
record Claims(Table table, Keys keys, RowMoves moves, HeldExecutions held) {

	/** A page of work beyond what is asked for: not all of it may be for this node. */
	private static final int SPARE = 50;

	private static final List<String> CLAIMED = List.of(Attributes.NODE, Attributes.WAKE_AT, Attributes.DUE_TOKEN,
			Attributes.OWNED_TOKEN);

	private static final Comparator<ExecutionRow> OLDEST_WAKE_UP_FIRST = Comparator
		.comparing((row) -> row.state().wakeAt(), Comparator.nullsLast(Comparator.naturalOrder()));

	List<ExecutionRow> claim(ClaimRequest request) {
		List<Item> due = new ArrayList<>();
		Set<ExecutionId> signalled = new LinkedHashSet<>();
		for (Keys.Range shard : this.keys.work(request.now())) {
			look(shard, request, due, signalled);
		}
		due.sort(Comparator.comparing((entry) -> entry.key().sort()));
		List<ExecutionRow> claimed = new ArrayList<>(take(due, request));
		int left = request.limit() - claimed.size();
		if (left > 0 && !signalled.isEmpty()) {
			claimed.forEach((row) -> signalled.remove(row.identity().id()));
			claimed.addAll(takeSignalled(signalled, request, left));
		}
		claimed.sort(OLDEST_WAKE_UP_FIRST);
		return claimed;
	}

	private void look(Keys.Range shard, ClaimRequest request, List<Item> due, Set<ExecutionId> signalled) {
		int wanted = request.limit();
		Keys.Range rest = shard;
		int page = request.limit() + SPARE;
		while (wanted > 0) {
			List<Item> found = this.table.query(Query.eventual(rest).limit(page));
			for (Item item : found) {
				if (Keys.isSignal(item.key())) {
					signalled.add(Entries.execution(item));
				}
				else if (isWorkable(item, request)) {
					due.add(item);
					wanted--;
				}
			}
			if (found.size() < page) {
				return;
			}
			rest = new Keys.Range(shard.partition(), found.get(page - 1).key().sort() + " ", shard.to());
		}
	}

	/** In parts, as some may be lost to other nodes. */
	private List<ExecutionRow> take(List<Item> entries, ClaimRequest request) {
		List<ExecutionRow> taken = new ArrayList<>();
		int next = 0;
		while (next < entries.size() && taken.size() < request.limit()) {
			int end = Math.min(entries.size(), next + request.limit() - taken.size());
			List<CompletableFuture<Optional<ExecutionRow>>> running = entries.subList(next, end)
				.stream()
				.map((entry) -> takeDue(entry, request.node()))
				.toList();
			running.forEach((row) -> Table.await(row).ifPresent(taken::add));
			next = end;
		}
		return taken;
	}

	private CompletableFuture<Optional<ExecutionRow>> takeDue(Item entry, NodeId node) {
		if (Keys.isAnnounced(entry.key())) {
			return follow(entry).thenApply((present) -> Optional.empty());
		}
		Condition due = Condition.equal(Attributes.DUE_TOKEN, Entries.token(entry));
		return own(Entries.execution(entry), function(entry), node, due).thenCompose((row) -> row.isPresent()
				? CompletableFuture.completedFuture(row) : follow(entry).thenApply((present) -> row));
	}

	private List<ExecutionRow> takeSignalled(Collection<ExecutionId> signalled, ClaimRequest request, int limit) {
		List<ExecutionRow> taken = new ArrayList<>();
		for (Item head : heads(signalled)) {
			StoredRow row = StoredRow.of(executionOf(head), head);
			boolean free = row.state().node() == null && !row.state().status().isTerminal()
					&& isWorkable(head, request);
			if (free && taken.size() < limit) {
				Table.await(own(row.id(), StoredRow.function(row.identity()), request.node(), row.unchanged()))
					.ifPresent(taken::add);
			}
		}
		return taken;
	}

	List<ExecutionRow> claimAbandoned(ClaimRequest request, Set<NodeId> alive) {
		List<ExecutionRow> taken = new ArrayList<>();
		for (NodeId silent : owners()) {
			if (silent.equals(request.node()) || alive.contains(silent)) {
				continue;
			}
			for (Keys.Range shard : this.keys.ownedBy(silent)) {
				for (Item entry : this.table.query(Query.eventual(shard))) {
					if (taken.size() == request.limit()) {
						return taken;
					}
					if (isWorkable(entry, request)) {
						Table.await(takeFrom(silent, entry, request.node())).ifPresent(taken::add);
					}
				}
			}
		}
		return taken;
	}

	private CompletableFuture<Optional<ExecutionRow>> takeFrom(NodeId lost, Item entry, NodeId node) {
		return follow(entry).thenCompose((found) -> {
			StoredRow row = found.map(Present::row).orElse(null);
			return (row != null && lost.equals(row.state().node()))
					? own(row.id(), StoredRow.function(row.identity()), node, row.unchanged())
					: CompletableFuture.completedFuture(Optional.empty());
		});
	}

	/** Every node that owns something, found by jumping from one to the next. */
	private Set<NodeId> owners() {
		Set<NodeId> owners = new LinkedHashSet<>();
		for (int shard = 0; shard < this.keys.shards(); shard++) {
			String node = "";
			while (true) {
				List<Item> next = this.table.query(Query.eventual(Keys.ownedAfter(shard, node)).limit(1).keysOnly());
				if (next.isEmpty()) {
					break;
				}
				String sort = next.get(0).key().sort();
				node = sort.substring(0, sort.indexOf('#'));
				owners.add(new NodeId(node));
			}
		}
		return owners;
	}

	boolean ownsNothing(NodeId node) {
		return this.keys.ownedBy(node)
			.stream()
			.allMatch((shard) -> this.table.query(Query.consistent(shard).limit(1).keysOnly()).isEmpty());
	}

	List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		List<CompletableFuture<Optional<Present>>> followed = new ArrayList<>();
		this.table.queryAll(this.keys.ownedBy(node).stream().map(Query::eventual).toList())
			.forEach((entries) -> entries.stream()
				.filter((entry) -> !except.contains(Entries.execution(entry)))
				.forEach((entry) -> followed.add(follow(entry))));
		return followed.stream()
			.flatMap((present) -> Table.await(present).stream())
			.map(Present::row)
			.filter((row) -> node.equals(row.state().node()))
			.map(StoredRow::row)
			.toList();
	}

	/** Executions that a node owns out of some. */
	List<ExecutionId> ownedAmong(Collection<ExecutionId> some, NodeId node) {
		// a head may say so for long after its journal has ended
		return heads(some).stream()
			.filter((head) -> node.value().equals(head.text(Attributes.NODE)))
			.map(Claims::executionOf)
			.filter((id) -> !Table.await(this.moves.journals().hasEnded(id)))
			.toList();
	}

	void retryBlocked(ClaimRequest request) {
		for (Item entry : this.table.query(Query.eventual(Keys.all(Keys.BLOCKED)))) {
			if (request.functions().contains(version(entry))) {
				Table.await(follow(entry).thenCompose((found) -> {
					StoredRow row = found.map(Present::row).orElse(null);
					return (row != null && StoredRow.isBlocked(row.state()))
							? this.moves.move(row, row.state().with(null, request.now()), row.position())
							: CompletableFuture.completedFuture(false);
				}));
			}
		}
	}

	boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		Present present = Table.await(this.moves.journals().load(id)).orElse(null);
		if (present == null || !owner.equals(present.row().state().node())) {
			return false;
		}
		if (present.hasEnded() && state.status().isTerminal()) {
			// it ended in the journal, perhaps before its signals were sent
			Table.await(this.moves.signals().send(present.tail().signals()));
		}
		this.held.letGo(id);
		return Table.await(this.moves.move(present.row(), state,
				state.status().isTerminal() ? present.tail().first() : present.row().position()));
	}

	/**
	 * Look at the execution that an entry leads to, finish what is unfinished there, and
	 * remove the entry if it is left over.
	 * @return the execution as it is then, unless it has ended
	 */
	private CompletableFuture<Optional<Present>> follow(Item entry) {
		return finished(Entries.execution(entry)).thenCompose((present) -> this.moves.entries()
			.removeIfLeftOver(entry, present.orElse(null))
			.thenApply((nothing) -> present.filter((found) -> !found.hasEnded())));
	}

	private CompletableFuture<Optional<Present>> finished(ExecutionId id) {
		Journals journals = this.moves.journals();
		return journals.load(id)
			.thenCompose((found) -> found.isEmpty() ? CompletableFuture.completedFuture(found)
					: this.moves.repair(found.get())
						.thenCompose(
								(repaired) -> repaired ? journals.load(id) : CompletableFuture.completedFuture(found)));
	}

	/** Become the owner if a condition holds; the row comes as it was before. */
	private CompletableFuture<Optional<ExecutionRow>> own(ExecutionId id, Item function, NodeId node,
			Condition condition) {
		String token = Tokens.next();
		Instant begun = this.moves.entries().clock().instant();
		ExecutionState owned = ExecutionState.owned(node, 0);
		Change change = Change.replacing(Keys.head(id), CLAIMED,
				Item.map().with(Attributes.NODE, node.value()).with(StoredRow.tokens(owned, token)),
				condition.and(Condition.of("attribute_not_exists(#st)")));
		return this.moves.entries()
			.own(id, function, node, token)
			.thenCompose((nothing) -> this.table.update(change))
			.thenCompose((written) -> {
				if (written instanceof Written.Done done) {
					return owned(StoredRow.of(id, done.before()), node, token, begun);
				}
				// if it was sent twice, the node finds it among what it owns
				return RowMoves.isThisWrite(written, token) ? CompletableFuture.completedFuture(Optional.empty())
						: this.moves.entries().undo(id, owned, token).thenApply((nothing) -> Optional.empty());
			});
	}

	private CompletableFuture<Optional<ExecutionRow>> owned(StoredRow before, NodeId node, String token,
			Instant begun) {
		ExecutionState state = before.state().with(node, null);
		this.held.hold(new StoredRow(before.identity(), state, before.position(), before.token(), null, token));
		return this.moves.entries()
			.affirm(begun, before.identity(), state, token)
			.thenCompose((nothing) -> this.moves.entries().leave(before, state))
			.thenApply((nothing) -> Optional.of(before.row()));
	}

	private List<Item> heads(Collection<ExecutionId> executions) {
		Map<Key, Integer> order = new LinkedHashMap<>();
		new HashSet<>(executions).forEach((id) -> order.put(Keys.head(id), order.size()));
		return this.table.getAll(order.keySet());
	}

	private static ExecutionId executionOf(Item head) {
		return new ExecutionId(head.key().partition().substring(2));
	}

	/** Ending an execution whose time is up needs no code, so every node may do it. */
	private static boolean isWorkable(Item item, ClaimRequest request) {
		Instant timeoutAt = item.time(Attributes.TIMEOUT_AT);
		return request.functions().contains(version(item)) || (timeoutAt != null && !timeoutAt.isAfter(request.now()));
	}

	private static Item function(Item entry) {
		return Item.map()
			.with(Attributes.FUNCTION, entry.text(Attributes.FUNCTION))
			.with(Attributes.VERSION, entry.text(Attributes.VERSION))
			.with(Attributes.TIMEOUT_AT, entry.time(Attributes.TIMEOUT_AT));
	}

	private static FunctionVersion version(Item item) {
		return new FunctionVersion(item.required(Attributes.FUNCTION), item.required(Attributes.VERSION));
	}

}
