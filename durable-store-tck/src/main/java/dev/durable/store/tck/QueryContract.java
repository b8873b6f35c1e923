package dev.durable.store.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.FunctionVersion;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What people see of executions. */
abstract class QueryContract extends CallbackContract {

	private static final FunctionVersion SHIP = new FunctionVersion("ship-order", "2");

	@Test
	void findByQueriesWhenTheExecutionExistsReturnsItsRow() {
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		append(Appends.create(row));
		assertThat(queries().find(row.identity().id())).contains(row);
		assertThat(queries().find(Rows.newId())).isEmpty();
	}

	@Test
	void listWhenExecutionsExistTellsWhatIsKnown() {
		ExecutionId id = started(Rows.FUNCTION, "order-1", later(1));
		ExecutionState blocked = new ExecutionState(ExecutionStatus.RUNNING, null, later(60), 1, "Blocked", null, null);
		append(Appends.update(id, 2, blocked));
		assertThat(queries().list(ExecutionQuery.all()).executions()).containsExactly(
				new ExecutionSummary(id, Rows.FUNCTION, "order-1", ExecutionStatus.RUNNING, later(1), null, "Blocked"));
		append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, later(2), null)));
		assertThat(queries().list(ExecutionQuery.all()).executions()).containsExactly(new ExecutionSummary(id,
				Rows.FUNCTION, "order-1", ExecutionStatus.SUCCEEDED, later(1), later(2), null));
	}

	@Test
	void listWhenThereIsNothingIsEmpty() {
		assertThat(queries().list(ExecutionQuery.all())).isEqualTo(new ExecutionPage(List.of(), null));
	}

	@Test
	void listWhenThereAreSeveralIsNewestFirst() {
		ExecutionId second = started(Rows.FUNCTION, null, later(2));
		ExecutionId third = started(SHIP, null, later(3));
		ExecutionId first = started(Rows.FUNCTION, null, later(1));
		assertThat(list(ExecutionQuery.all())).containsExactly(third, second, first);
	}

	@Test
	void listWhenItIsFilteredLeavesTheOthersOut() {
		ExecutionId named = started(Rows.FUNCTION, "order-1", later(4));
		ExecutionId ended = started(Rows.FUNCTION, null, later(3));
		append(Appends.update(ended, 2, ExecutionState.ended(ExecutionStatus.FAILED, now(), null)));
		ExecutionId shipped = started(SHIP, "order-1", later(2));
		ExecutionId other = started(Rows.FUNCTION, "order-2", later(1));
		ExecutionQuery all = ExecutionQuery.all();
		assertThat(list(all.withFunction(Rows.FUNCTION.name()))).containsExactly(named, ended, other);
		assertThat(list(all.withName("order-1"))).containsExactly(named, shipped);
		assertThat(list(all.withStatus(ExecutionStatus.RUNNING))).containsExactly(named, shipped, other);
		assertThat(list(all.withStatus(ExecutionStatus.FAILED))).containsExactly(ended);
		assertThat(list(all.withFunction(SHIP.name()).withName("order-1").withStatus(ExecutionStatus.RUNNING)))
			.containsExactly(shipped);
		assertThat(list(all.withFunction("nothing"))).isEmpty();
	}

	@Test
	void listWhenExecutionsShareTheirStartHasNoGapsAndNoDuplicates() {
		List<ExecutionId> newest = IntStream.range(0, 3).mapToObj((i) -> started(SHIP, null, later(9))).toList();
		List<ExecutionId> together = IntStream.range(0, 14)
			.mapToObj((i) -> started(Rows.FUNCTION, null, later(5)))
			.toList();
		List<ExecutionId> oldest = IntStream.range(0, 3).mapToObj((i) -> started(SHIP, null, later(1))).toList();
		List<ExecutionId> paged = pages(ExecutionQuery.all().withLimit(4));
		assertThat(paged.subList(0, 3)).containsExactlyInAnyOrderElementsOf(newest);
		assertThat(paged.subList(3, 17)).containsExactlyInAnyOrderElementsOf(together);
		assertThat(paged.subList(17, paged.size())).containsExactlyInAnyOrderElementsOf(oldest);
		assertThat(paged).isEqualTo(list(ExecutionQuery.all()));
		assertThat(pages(ExecutionQuery.all().withFunction(Rows.FUNCTION.name()).withLimit(3)))
			.containsExactlyInAnyOrderElementsOf(together);
	}

	@Test
	void listWhenExecutionsStartBetweenPagesKeepsItsPlace() {
		List<ExecutionId> before = IntStream.range(0, 6)
			.mapToObj((i) -> started(Rows.FUNCTION, null, later(10 - i)))
			.toList();
		ExecutionPage first = queries().list(ExecutionQuery.all().withLimit(3));
		started(Rows.FUNCTION, null, later(20));
		ExecutionPage second = queries().list(ExecutionQuery.all().withLimit(3).after(first.next()));
		assertThat(summaryIds(first)).isEqualTo(before.subList(0, 3));
		assertThat(summaryIds(second)).isEqualTo(before.subList(3, 6));
		assertThat(second.next()).isNull();
	}

	@Test
	void listWhenThePageIsExactlyFullIsTheLast() {
		started(Rows.FUNCTION, null, later(1));
		started(Rows.FUNCTION, null, later(2));
		assertThat(queries().list(ExecutionQuery.all().withLimit(2)).next()).isNull();
	}

	@Test
	void listWhenTheCursorIsNotItsOwnRefusesIt() {
		for (String cursor : List.of("", "nonsense", "12", "a:b:c", "' OR 1=1 --")) {
			assertThatIllegalArgumentException().isThrownBy(() -> queries().list(ExecutionQuery.all().after(cursor)))
				.withMessageContaining("cursor");
		}
	}

	@Test
	void historyWhenItIsPagedReturnsEachEventOnce() {
		ExecutionId id = owned(HERE);
		append(Appends.events(id, LongStream.rangeClosed(2, 10).mapToObj(Events::at).toArray(Event[]::new)));
		assertThat(queries().history(id, 0, 100)).isEqualTo(journal(id));
		List<Event> paged = new ArrayList<>();
		for (List<Event> page = queries().history(id, 0, 4); !page.isEmpty(); page = queries().history(id, paged.size(),
				4)) {
			assertThat(page).hasSizeLessThanOrEqualTo(4);
			paged.addAll(page);
		}
		assertThat(paged).isEqualTo(journal(id));
	}

	@Test
	void historyWhenTheExecutionIsUnknownIsEmpty() {
		assertThat(queries().history(Rows.newId(), 0, 10)).isEmpty();
	}

	private ExecutionId started(FunctionVersion function, @Nullable String name, Instant startedAt) {
		return create(
				new ExecutionRow(new ExecutionIdentity(Rows.newId(), function, name, null, "digest", startedAt, null),
						ExecutionState.owned(HERE, 0)));
	}

	private List<ExecutionId> list(ExecutionQuery query) {
		return summaryIds(queries().list(query));
	}

	private List<ExecutionId> pages(ExecutionQuery query) {
		List<ExecutionId> ids = new ArrayList<>();
		ExecutionPage page = queries().list(query);
		ids.addAll(summaryIds(page));
		while (page.next() != null) {
			page = queries().list(query.after(page.next()));
			ids.addAll(summaryIds(page));
		}
		return ids;
	}

	private static List<ExecutionId> summaryIds(ExecutionPage page) {
		return page.executions().stream().map(ExecutionSummary::id).toList();
	}

}
