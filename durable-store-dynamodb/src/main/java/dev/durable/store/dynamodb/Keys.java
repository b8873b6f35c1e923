package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.store.NodeId;

/**
 * Where everything is in the table. What belongs to one execution shares a partition;
 * what all executions share is spread over shards, as one partition takes only so many
 * writes.
 * <p>
 * {@code #} separates the parts: no id, name or version may hold it.
 *
 * @param shards how many shards there are; never changes for a table
 */
record Keys(int shards) {

	/** Sorts after every character that a key may hold. */
	private static final String LAST = "~";

	private static final String JOURNAL = "J#";

	static final Key SETTINGS = new Key("M", "settings");

	static final String NODES = "N";

	static final String BLOCKED = "B";

	static String execution(ExecutionId id) {
		return "E#" + id;
	}

	/** One append: its events begin at a position. */
	static Key append(ExecutionId id, long position) {
		return new Key(execution(id), JOURNAL + "%012d".formatted(position));
	}

	/** The first append, which also keeps the execution's row. */
	static Key head(ExecutionId id) {
		return append(id, 1);
	}

	static long position(Key append) {
		return Long.parseLong(append.sort().substring(JOURNAL.length()));
	}

	static Range journal(ExecutionId id, long from, long to) {
		return new Range(execution(id), append(id, from).sort(),
				(to == Long.MAX_VALUE) ? JOURNAL + LAST : append(id, to).sort());
	}

	static Range journal(ExecutionId id) {
		return journal(id, 1, Long.MAX_VALUE);
	}

	/** Everything in a partition. */
	static Range all(String partition) {
		return new Range(partition, " ", LAST);
	}

	static String chunkPrefix(String token) {
		return "K#" + token + "#";
	}

	static Key chunk(String partition, String token, int number) {
		return new Key(partition, chunkPrefix(token) + "%05d".formatted(number));
	}

	static Range chunks(String partition, String token) {
		return new Range(partition, chunkPrefix(token), chunkPrefix(token) + LAST);
	}

	static String callbackPartition(String lookup) {
		return "C#" + lookup;
	}

	static Key callback(String lookup) {
		return new Key(callbackPartition(lookup), "C");
	}

	static Key node(NodeId node) {
		return new Key(NODES, node.value());
	}

	static Key blocked(ExecutionId id, String token) {
		return new Key(BLOCKED, id + "#" + token);
	}

	/** That a node works on an execution, since a claim that has this token. */
	Key owned(NodeId node, ExecutionId id, String token) {
		return new Key("O#" + shard(id), node + "#" + id + "#" + token);
	}

	List<Range> ownedBy(NodeId node) {
		return IntStream.range(0, this.shards)
			.mapToObj((shard) -> new Range("O#" + shard, node + "#", node + "#" + LAST))
			.toList();
	}

	/** What nodes after another one own; any node comes after the empty one. */
	static Range ownedAfter(int shard, String node) {
		return new Range("O#" + shard, node.isEmpty() ? " " : node + "#" + LAST, LAST);
	}

	/**
	 * That an execution is to be looked at from a time on, as the write of a token said.
	 */
	Key due(ExecutionId id, Instant at, String token) {
		return new Key("W#" + shard(id), "T#%013d#%s#%s".formatted(at.toEpochMilli(), id, token));
	}

	/**
	 * That an execution is to be looked at now; no row names it. Before all that is due.
	 */
	Key announced(ExecutionId id, String token) {
		return new Key("W#" + shard(id), "T!#" + id + "#" + token);
	}

	static boolean isAnnounced(Key key) {
		return key.sort().startsWith("T!#");
	}

	Key signal(ExecutionId id, String signal) {
		return new Key("W#" + shard(id), "S#%s#%s".formatted(id, signal));
	}

	Range signals(ExecutionId id) {
		return new Range("W#" + shard(id), "S#" + id + "#", "S#" + id + "#" + LAST);
	}

	/**
	 * All signals and, after them, what is announced and, in the order of their times,
	 * what is due.
	 */
	List<Range> work(Instant now) {
		return IntStream.range(0, this.shards)
			.mapToObj((shard) -> new Range("W#" + shard, "S#", "T#%013d#%s".formatted(now.toEpochMilli(), LAST)))
			.toList();
	}

	List<Range> signals() {
		return IntStream.range(0, this.shards).mapToObj((shard) -> new Range("W#" + shard, "S#", "S#" + LAST)).toList();
	}

	static boolean isSignal(Key key) {
		return key.sort().startsWith("S#");
	}

	Key listed(ExecutionStatus status, Instant startedAt, ExecutionId id) {
		return new Key("L#%s#%d".formatted(status, shard(id)), "%013d#%s".formatted(startedAt.toEpochMilli(), id));
	}

	/** What has a status, up to a place in the list that is not part of it. */
	List<Range> listed(ExecutionStatus status, String before) {
		return IntStream.range(0, this.shards)
			.mapToObj((shard) -> new Range("L#%s#%d".formatted(status, shard), " ", before))
			.toList();
	}

	static String listEnd() {
		return LAST;
	}

	Key expiring(Instant at, ExecutionId id) {
		return new Key("X#" + shard(id), "%013d#%s".formatted(at.toEpochMilli(), id));
	}

	List<Range> expired(Instant now) {
		return IntStream.range(0, this.shards)
			.mapToObj((shard) -> new Range("X#" + shard, " ", "%013d#%s".formatted(now.toEpochMilli(), LAST)))
			.toList();
	}

	private int shard(ExecutionId id) {
		return Math.floorMod(id.value().hashCode(), this.shards);
	}

	/**
	 * Neighbours in one partition, both ends included.
	 *
	 * @param partition the partition
	 * @param from the first sort key
	 * @param to the last one
	 */
	record Range(String partition, String from, String to) {

	}

}
