package dev.durable.conformance;

import java.time.Duration;
import java.time.Instant;

import dev.durable.ExecutionQuery;
import dev.durable.ExecutionSummary;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.VirtualTime;

/** A database that this process has open, and a clock that goes on where it stopped. */
final class OpenDatabase implements AutoCloseable {

	private final VirtualTime time = new VirtualTime();

	private final Opened opened;

	OpenDatabase(String url) {
		this.opened = url.startsWith(DynamoDbTable.SCHEME) ? DynamoDbTable.open(url, this.time)
				: JdbcDatabase.open(url, this.time);
		this.time.advance(Duration.between(this.time.instant(), lastEvent(this.opened.queries())));
	}

	/** When a former process wrote last. */
	private Instant lastEvent(ExecutionQueries queries) {
		return queries.list(ExecutionQuery.all().withLimit(1000))
			.executions()
			.stream()
			.map(ExecutionSummary::id)
			.flatMap((id) -> queries.history(id, 0, Integer.MAX_VALUE).stream())
			.map(Event::timestamp)
			.reduce(this.time.instant(), (left, right) -> left.isAfter(right) ? left : right);
	}

	VirtualTime time() {
		return this.time;
	}

	/** Return a process on this database. */
	EngineProcess process(Handlers handlers, Runnable death) {
		EngineProcess process = new EngineProcess(this.opened.store(), this.opened.queries(), this.time, handlers,
				death);
		handlers.exit().enter(process);
		return process;
	}

	@Override
	public void close() {
		this.opened.release().run();
	}

	/**
	 * What kinds of databases have in common.
	 *
	 * @param store what engines write to
	 * @param queries its read side
	 * @param release gives back what both need
	 */
	record Opened(CheckpointStore store, ExecutionQueries queries, Runnable release) {

	}

}
