package dev.durable.store.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;

/** The read side, on Spring Data JDBC. Opens no connection before the first query. */
final class JdbcExecutionQueries implements ExecutionQueries {

	private static final Sort NEWEST_FIRST = Sort.by(Sort.Order.desc("startedAt"), Sort.Order.desc("id"));

	private final Sessions sessions;

	private volatile @Nullable JdbcAggregateOperations aggregates;

	JdbcExecutionQueries(Sessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return query("find an execution",
				(rows) -> Optional.ofNullable(rows.findById(id.value(), StoredExecution.class)))
			.map(StoredExecution::toRow);
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		int limit = query.limit();
		// one more tells whether there is another page
		Query selection = Query.query(criteria(query)).sort(NEWEST_FIRST).limit(limit + 1);
		List<StoredExecution> found = query("list executions",
				(rows) -> rows.findAll(selection, StoredExecution.class));
		List<StoredExecution> page = found.subList(0, Math.min(limit, found.size()));
		return new ExecutionPage(page.stream().map(StoredExecution::toSummary).toList(),
				(found.size() > limit) ? ListCursor.of(page.get(limit - 1)).encode() : null);
	}

	@Override
	public List<Event> history(ExecutionId id, long after, int limit) {
		Query selection = Query.query(Criteria.where("executionId").is(id.value()).and("position").greaterThan(after))
			.sort(Sort.by("position"))
			.limit(limit);
		return query("read a history", (rows) -> rows.findAll(selection, StoredEvent.class)).stream()
			.map(StoredEvent::toEvent)
			.toList();
	}

	private static Criteria criteria(ExecutionQuery query) {
		Criteria criteria = Criteria.empty();
		if (query.function() != null) {
			criteria = criteria.and("functionName").is(query.function());
		}
		if (query.name() != null) {
			criteria = criteria.and("executionName").is(query.name());
		}
		if (query.status() != null) {
			criteria = criteria.and("status").is(query.status().name());
		}
		if (query.cursor() != null) {
			ListCursor cursor = ListCursor.decode(query.cursor());
			// the first condition is what an index can use
			criteria = criteria.and("startedAt")
				.lessThanOrEquals(cursor.startedAt())
				.and(Criteria.where("startedAt").lessThan(cursor.startedAt()).or("id").lessThan(cursor.id()));
		}
		return criteria;
	}

	private <T> T query(String what, Function<JdbcAggregateOperations, T> reads) {
		return this.sessions.call(what, (jdbc) -> reads.apply(aggregates()));
	}

	private JdbcAggregateOperations aggregates() {
		JdbcAggregateOperations known = this.aggregates;
		if (known == null) {
			known = AggregateTemplates.create(this.sessions.dialect().reading(), this.sessions.operations(),
					this.sessions.tables());
			this.aggregates = known;
		}
		return known;
	}

}
