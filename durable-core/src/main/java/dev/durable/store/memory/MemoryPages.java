package dev.durable.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionSummary;
import dev.durable.store.ExecutionIdentity;
import org.jspecify.annotations.Nullable;

/** Lists executions, newest first, in pages. */
final class MemoryPages {

	private static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparing(Cursor::startedAt)
		.thenComparing((cursor) -> cursor.id().value())
		.reversed();

	private MemoryPages() {
	}

	static ExecutionPage list(Collection<MemoryExecution> executions, ExecutionQuery query) {
		Cursor after = Cursor.parse(query.cursor());
		List<ExecutionSummary> found = executions.stream()
			.filter(matching(query))
			.map(MemoryPages::summary)
			.filter((summary) -> after == null || NEWEST_FIRST.compare(Cursor.at(summary), after) > 0)
			.sorted(Comparator.comparing(Cursor::at, NEWEST_FIRST))
			.limit(query.limit() + 1L)
			.toList();
		if (found.size() <= query.limit()) {
			return new ExecutionPage(found, null);
		}
		List<ExecutionSummary> page = found.subList(0, query.limit());
		return new ExecutionPage(page, Cursor.at(page.get(page.size() - 1)).text());
	}

	private static Predicate<MemoryExecution> matching(ExecutionQuery query) {
		return (execution) -> {
			ExecutionIdentity identity = execution.identity();
			return (query.function() == null || query.function().equals(identity.function().name()))
					&& (query.name() == null || query.name().equals(identity.name()))
					&& (query.status() == null || query.status() == execution.state().status());
		};
	}

	private static ExecutionSummary summary(MemoryExecution execution) {
		ExecutionIdentity identity = execution.identity();
		return new ExecutionSummary(identity.id(), identity.function(), identity.name(), execution.state().status(),
				identity.startedAt(), execution.state().endedAt(), execution.state().blockedReason());
	}

	/** A place in the list; ids tell executions of the same millisecond apart. */
	private record Cursor(Instant startedAt, ExecutionId id) {

		static Cursor at(ExecutionSummary summary) {
			return new Cursor(summary.startedAt(), summary.id());
		}

		static @Nullable Cursor parse(@Nullable String text) {
			if (text == null) {
				return null;
			}
			try {
				int colon = text.indexOf(':');
				return new Cursor(Instant.ofEpochMilli(Long.parseLong(text.substring(0, colon))),
						new ExecutionId(text.substring(colon + 1)));
			}
			catch (RuntimeException ex) {
				throw new IllegalArgumentException(
						"'cursor' must be the 'next' of an earlier page but was '%s'".formatted(text), ex);
			}
		}

		String text() {
			return this.startedAt.toEpochMilli() + ":" + this.id;
		}

	}

}
