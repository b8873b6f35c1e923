package dev.durable.store.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;

/**
 * Signals, which wait where every node looks for work.
 *
 * @param table where
 * @param keys under which keys
 */
record SignalItems(Table table, Keys keys) {

	private static final Comparator<Signal> OLDEST_FIRST = Comparator.comparing(Signal::arrivedAt)
		.thenComparing(Signal::id);

	/** The same signal twice is the same item. */
	CompletableFuture<Void> send(Collection<Signal> signals) {
		return CompletableFuture
			.allOf(signals.stream().map((signal) -> this.table.put(item(signal))).toArray(CompletableFuture[]::new));
	}

	CompletableFuture<Void> consume(ExecutionId execution, Collection<String> signals) {
		return CompletableFuture.allOf(signals.stream()
			.map((signal) -> this.table.delete(this.keys.signal(execution, signal)))
			.toArray(CompletableFuture[]::new));
	}

	List<Signal> of(Collection<ExecutionId> executions) {
		List<Signal> signals = new ArrayList<>();
		List<Query> queries = executions.stream()
			.distinct()
			.map((id) -> Query.consistent(this.keys.signals(id)))
			.toList();
		this.table.queryAll(queries).forEach((found) -> found.forEach((item) -> signals.add(signal(item))));
		signals.sort(OLDEST_FIRST);
		return signals;
	}

	/** All that wait, whoever they are for. */
	List<Signal> all() {
		List<Signal> signals = new ArrayList<>();
		this.table.queryAll(this.keys.signals().stream().map(Query::eventual).toList())
			.forEach((found) -> found.forEach((item) -> signals.add(signal(item))));
		return signals;
	}

	Item item(Signal signal) {
		return Item.at(this.keys.signal(signal.execution(), signal.id())).with(map(signal));
	}

	static Item map(Signal signal) {
		return Item.map()
			.with(Attributes.SIGNAL, signal.id())
			.with(Attributes.EXECUTION, signal.execution().value())
			.with(Attributes.KIND, signal.kind().name())
			.with(Attributes.OPERATION, signal.operation().value())
			.with(Attributes.AT, signal.arrivedAt());
	}

	static Signal signal(Item item) {
		return new Signal(item.required(Attributes.SIGNAL), new ExecutionId(item.required(Attributes.EXECUTION)),
				SignalKind.valueOf(item.required(Attributes.KIND)),
				new OperationId(item.required(Attributes.OPERATION)), Objects.requireNonNull(item.time(Attributes.AT)));
	}

}
