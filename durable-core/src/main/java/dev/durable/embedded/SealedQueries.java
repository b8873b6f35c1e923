package dev.durable.embedded;

import java.util.List;
import java.util.Optional;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;

/** The read side of a store whose payloads are sealed. */
final class SealedQueries implements ExecutionQueries {

	private final ExecutionQueries delegate;

	private final SealedRecords records;

	SealedQueries(ExecutionQueries delegate, PayloadSealing sealing) {
		this.delegate = delegate;
		this.records = new SealedRecords(sealing);
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return this.delegate.find(id);
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		return this.delegate.list(query);
	}

	@Override
	public List<Event> history(ExecutionId id, long after, int limit) {
		return this.delegate.history(id, after, limit).stream().map((event) -> this.records.open(id, event)).toList();
	}

}
