package dev.durable.conformance.batch;

import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

/** Maps whose items all succeed. */
@Component
class MapBasics {

	private static final BatchOptions ONE_BY_ONE = BatchOptions.builder().maxConcurrency(1).build();

	private static final BatchOptions TWO_AT_ONCE = BatchOptions.builder().maxConcurrency(2).build();

	private static final BatchOptions NAMED_ITEMS = BatchOptions.builder()
		.maxConcurrency(1)
		.itemNamer((Integer item, int index) -> "item-" + item)
		.build();

	private final DurableContext durable;

	MapBasics(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "9-1")
	List<String> stepForEachItem(List<String> items) {
		return this.durable.map("map", items, TypeRef.of(String.class), ONE_BY_ONE, (child, item, index) -> greet(item))
			.results();
	}

	@DurableStep(name = "greet")
	String greet(String name) {
		return "Hello, %s!".formatted(name);
	}

	@DurableFunction(name = "9-2")
	List<Integer> withoutName(List<Integer> items) {
		return this.durable.map(null, items, TypeRef.of(Integer.class), ONE_BY_ONE, (child, item, index) -> item * 2)
			.results();
	}

	@DurableFunction(name = "9-3")
	List<Integer> itemAndIndex(List<Integer> items) {
		return this.durable
			.map("indexed", items, TypeRef.of(Integer.class), ONE_BY_ONE, (child, item, index) -> item + index)
			.results();
	}

	@DurableFunction(name = "9-4")
	List<String> withoutItems(List<String> items) {
		return this.durable.map("empty", items, String.class, (child, item, index) -> item).results();
	}

	@DurableFunction(name = "9-11")
	List<String> sideBySide() {
		return this.durable
			.map("concurrent", List.of("r0", "r1", "r2"), TypeRef.of(String.class), TWO_AT_ONCE,
					(child, item, index) -> item)
			.results();
	}

	@DurableFunction(name = "9-13")
	List<Integer> namedItems(List<Integer> items) {
		return this.durable
			.map("named-items", items, TypeRef.of(Integer.class), NAMED_ITEMS, (child, item, index) -> item * 10)
			.results();
	}

}
