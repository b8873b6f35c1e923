package dev.durable.conformance.batch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

/** Maps that an execution suspends in or after. */
@Component
class MapReplay {

	private static final BatchOptions ONE_BY_ONE = BatchOptions.builder().maxConcurrency(1).build();

	private static final BatchOptions ONE_FAILURE = BatchOptions.builder()
		.maxConcurrency(1)
		.completion(CompletionConfig.builder().toleratedFailureCount(1).build())
		.build();

	private static final BatchOptions OPERATION_CODEC = BatchOptions.builder()
		.maxConcurrency(1)
		.codec(Codecs.JOINED)
		.build();

	private final DurableContext durable;

	MapReplay(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "9-15")
	List<String> waitInItem() {
		return this.durable
			.map("suspend", List.of("r0", "r1"), TypeRef.of(String.class), ONE_BY_ONE, (child, item, index) -> {
				if (index == 1) {
					child.wait("pause", Duration.ofSeconds(1));
				}
				return produce(item);
			})
			.results();
	}

	@DurableStep(name = "produce")
	String produce(String item) {
		return item;
	}

	@DurableFunction(name = "9-17")
	List<String> waitAfterSuccess() {
		BatchResult<String> result = this.durable.map("then-wait", List.of("a", "b"), TypeRef.of(String.class),
				ONE_BY_ONE, (child, item, index) -> item.toUpperCase(Locale.ROOT));
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result.results();
	}

	@DurableFunction(name = "9-18")
	Summary waitAfterFailure() {
		BatchResult<String> result = this.durable.map("fail-then-wait", List.of("ok", Answers.FAIL),
				TypeRef.of(String.class), ONE_FAILURE, (child, item, index) -> Answers.answer(item));
		this.durable.wait("pause", Duration.ofSeconds(1));
		return Summary.of(result);
	}

	@DurableFunction(name = "9-20")
	List<String> waitAfterOperationCodec() {
		BatchResult<String> result = this.durable.map("op-serde-replay", List.of("x", "y"), TypeRef.of(String.class),
				OPERATION_CODEC, (child, item, index) -> item.toUpperCase(Locale.ROOT));
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result.results();
	}

}
