package dev.durable.store.dynamodb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.regex.Pattern;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.FunctionVersion;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import org.jspecify.annotations.Nullable;

/** The read side: merges the lists of the statuses and shards, newest first. */
final class DynamoDbExecutionQueries implements ExecutionQueries {

	private static final Pattern CURSOR = Pattern.compile("\\d{13}#[a-zA-Z0-9_-]{1,64}");

	private static final Comparator<ListPages> NEWEST_FIRST = Comparator
		.comparing((ListPages pages) -> pages.next().key().sort(), Comparator.reverseOrder());

	private final Table table;

	private final Keys keys;

	private final Journals journals;

	private final boolean listed;

	DynamoDbExecutionQueries(Table table, Keys keys, Journals journals, boolean listed) {
		this.table = table;
		this.keys = keys;
		this.journals = journals;
		this.listed = listed;
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return Table.await(this.journals.load(id)).map(Present::toRow);
	}

	@Override
	public List<Event> history(ExecutionId id, long after, int limit) {
		return this.journals.history(id, after, limit);
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		if (!this.listed) {
			throw new IllegalStateException("Executions are not listed in this table: "
					+ "set 'durable.store.dynamodb.list-index=true'; those that started before stay unlisted");
		}
		List<Item> found = found(query);
		List<Item> page = found.subList(0, Math.min(query.limit(), found.size()));
		return new ExecutionPage(page.stream().map(DynamoDbExecutionQueries::summary).toList(),
				(found.size() > query.limit()) ? page.get(page.size() - 1).key().sort() : null);
	}

	/** One more than the page holds tells whether there is another. */
	private List<Item> found(ExecutionQuery query) {
		PriorityQueue<ListPages> lists = new PriorityQueue<>(NEWEST_FIRST);
		statuses(query.status()).forEach((status) -> this.keys.listed(status, before(query.cursor()))
			.stream()
			.map((range) -> new ListPages(this.table, range, query.limit() + 1))
			.filter(ListPages::hasNext)
			.forEach(lists::add));
		// one that ends at this moment is in two lists
		Map<String, Item> found = new LinkedHashMap<>();
		while (!lists.isEmpty() && found.size() <= query.limit()) {
			ListPages newest = lists.remove();
			Item item = newest.take();
			if (matches(item, query)) {
				found.merge(item.key().sort(), item, (first, second) -> isRunning(first) ? second : first);
			}
			if (newest.hasNext()) {
				lists.add(newest);
			}
		}
		return new ArrayList<>(found.values());
	}

	private static List<ExecutionStatus> statuses(@Nullable ExecutionStatus only) {
		return (only != null) ? List.of(only) : Arrays.asList(ExecutionStatus.values());
	}

	private static boolean matches(Item item, ExecutionQuery query) {
		return !item.key().sort().equals(query.cursor())
				&& (query.function() == null || query.function().equals(item.text(Attributes.FUNCTION)))
				&& (query.name() == null || query.name().equals(item.text(Attributes.NAME)));
	}

	private static boolean isRunning(Item item) {
		return ExecutionStatus.RUNNING.name().equals(item.text(Attributes.STATUS));
	}

	private static String before(@Nullable String cursor) {
		if (cursor != null && !CURSOR.matcher(cursor).matches()) {
			throw new IllegalArgumentException(
					"'cursor' must be the 'next' of an earlier page but was '%s'".formatted(cursor));
		}
		return (cursor != null) ? cursor : Keys.listEnd();
	}

	private static ExecutionSummary summary(Item item) {
		return new ExecutionSummary(Entries.execution(item),
				new FunctionVersion(item.required(Attributes.FUNCTION), item.required(Attributes.VERSION)),
				item.text(Attributes.NAME), ExecutionStatus.valueOf(item.required(Attributes.STATUS)),
				Objects.requireNonNull(item.time(Attributes.STARTED_AT)), item.time(Attributes.ENDED_AT),
				item.text(Attributes.BLOCKED));
	}

}
