package dev.durable.conformance.batch;

import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

import static dev.durable.conformance.batch.Answers.FAIL;

/** Maps that end early, or go on although items fail. */
@Component
class MapCompletion {

	private static final CompletionConfig ONE_FAILURE = CompletionConfig.builder().toleratedFailureCount(1).build();

	private static final CompletionConfig QUARTER = CompletionConfig.builder().toleratedFailurePercentage(25).build();

	private final DurableContext durable;

	MapCompletion(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "9-5")
	Summary failFast() {
		return Summary.of(map("failfast", List.of("ok", FAIL, "never"), CompletionConfig.failFast()));
	}

	@DurableFunction(name = "9-6")
	List<String> rethrow() {
		return map("throwing", List.of(FAIL, "never"), CompletionConfig.failFast()).rethrow().results();
	}

	@DurableFunction(name = "9-7")
	Summary.Successes minSuccessful() {
		return Summary.Successes
			.of(map("min-successful", List.of("i0", "i1", "i2", "i3"), CompletionConfig.minSuccessful(2)));
	}

	@DurableFunction(name = "9-8")
	Summary withinTolerance() {
		return Summary.of(map("tolerated", List.of("i0", FAIL, "i2"), ONE_FAILURE));
	}

	@DurableFunction(name = "9-9")
	Summary.Failures beyondTolerance() {
		return Summary.Failures.of(map("tolerated-exceeded", List.of(FAIL, FAIL, "never"), ONE_FAILURE));
	}

	@DurableFunction(name = "9-10")
	Summary.Failures beyondPercentage() {
		return Summary.Failures.of(map("tolerated-pct", List.of(FAIL, FAIL, "never", "never"), QUARTER));
	}

	private BatchResult<String> map(String name, List<String> items, CompletionConfig completion) {
		BatchOptions options = BatchOptions.builder().maxConcurrency(1).completion(completion).build();
		return this.durable.map(name, items, TypeRef.of(String.class), options,
				(child, item, index) -> Answers.answer(item));
	}

}
