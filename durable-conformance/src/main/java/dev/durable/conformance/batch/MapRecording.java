package dev.durable.conformance.batch;

import java.util.List;
import java.util.Locale;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.NestingType;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

/** Maps that are recorded in another way than usual. */
@Component
class MapRecording {

	private static final int LARGE = 70_000;

	private static final BatchOptions ONE_BY_ONE = BatchOptions.builder().maxConcurrency(1).build();

	private static final BatchOptions FLAT = BatchOptions.builder().maxConcurrency(1).nesting(NestingType.FLAT).build();

	private static final BatchOptions ITEM_CODEC = BatchOptions.builder()
		.maxConcurrency(1)
		.itemCodec(Codecs.PREFIX)
		.build();

	private static final BatchOptions OPERATION_CODEC = BatchOptions.builder()
		.maxConcurrency(1)
		.codec(Codecs.JOINED)
		.build();

	private final DurableContext durable;

	MapRecording(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "9-12")
	List<String> flat() {
		return this.durable
			.map("flat", List.of("fa", "fb"), TypeRef.of(String.class), FLAT, (child, item, index) -> echo(item))
			.results();
	}

	@DurableStep(name = "echo")
	String echo(String item) {
		return item;
	}

	@DurableFunction(name = "9-14")
	List<String> itemCodec() {
		return upperCase("serdes", ITEM_CODEC).results();
	}

	@DurableFunction(name = "9-16")
	Counts large() {
		return Counts.of(this.durable.map("large", List.of("a", "b", "c", "d"), TypeRef.of(String.class), ONE_BY_ONE,
				(child, item, index) -> item.repeat(LARGE)));
	}

	@DurableFunction(name = "9-19")
	List<String> operationCodec() {
		return upperCase("op-serde", OPERATION_CODEC).results();
	}

	private BatchResult<String> upperCase(String name, BatchOptions options) {
		return this.durable.map(name, List.of("x", "y"), TypeRef.of(String.class), options,
				(child, item, index) -> item.toUpperCase(Locale.ROOT));
	}

	record Counts(int successCount, int totalCount) {

		static Counts of(BatchResult<?> result) {
			return new Counts(result.successCount(), result.totalCount());
		}

	}

}
