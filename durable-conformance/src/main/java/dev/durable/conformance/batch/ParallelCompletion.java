package dev.durable.conformance.batch;

import java.util.List;
import java.util.stream.Stream;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.ParallelBranch;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

import static dev.durable.conformance.batch.Answers.FAIL;

/** Parallels that end early, or go on although branches fail. */
@Component
class ParallelCompletion {

	private static final CompletionConfig QUARTER = CompletionConfig.builder().toleratedFailurePercentage(25).build();

	private final DurableContext durable;

	ParallelCompletion(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "8-6")
	Summary failFast() {
		return Summary.of(parallel("failfast", CompletionConfig.failFast(), "ok", FAIL, "never"));
	}

	@DurableFunction(name = "8-7")
	List<String> rethrow() {
		return parallel("throwing", CompletionConfig.failFast(), FAIL, "never").rethrow().results();
	}

	@DurableFunction(name = "8-8")
	Summary.Successes minSuccessful() {
		return Summary.Successes
			.of(parallel("min-successful", CompletionConfig.minSuccessful(2), "b0", "b1", "b2", "b3"));
	}

	@DurableFunction(name = "8-9")
	Summary withinTolerance() {
		return Summary.of(parallel("tolerated", tolerating(1), "b0", FAIL, "b2"));
	}

	@DurableFunction(name = "8-10")
	Summary.Failures beyondTolerance() {
		return Summary.Failures.of(parallel("tolerated-exceeded", tolerating(1), FAIL, FAIL, "never"));
	}

	@DurableFunction(name = "8-13")
	Summary.Failures beyondPercentage() {
		return Summary.Failures.of(parallel("tolerated-pct", QUARTER, FAIL, FAIL, "never", "never"));
	}

	@DurableFunction(name = "8-16")
	Summary allFail() {
		return Summary.of(parallel("all-fail", tolerating(3), FAIL, FAIL, FAIL));
	}

	@DurableFunction(name = "8-17")
	Summary minSuccessfulNotReached() {
		return Summary.of(parallel("min-not-reached", CompletionConfig.minSuccessful(3), "b0", FAIL, "b2"));
	}

	@DurableFunction(name = "8-18")
	Summary.Failures toleranceBeforeMinSuccessful() {
		CompletionConfig completion = CompletionConfig.builder().minSuccessful(3).toleratedFailureCount(1).build();
		return Summary.Failures.of(parallel("combined", completion, FAIL, FAIL, "never", "never"));
	}

	@DurableFunction(name = "8-20")
	Accessors accessors() {
		BatchResult<String> result = parallel("accessors", tolerating(1), "b0", FAIL, "b2");
		return new Accessors(result.hasFailure(), result.succeeded().size(), result.failed().size(),
				result.errors().size());
	}

	@DurableFunction(name = "8-22")
	Summary atPercentage() {
		return Summary.of(parallel("pct-boundary", QUARTER, FAIL, "b1", "b2", "b3"));
	}

	private BatchResult<String> parallel(String name, CompletionConfig completion, String... answers) {
		List<ParallelBranch<String>> branches = Stream.of(answers)
			.map((answer) -> ParallelBranch.<String>of((child) -> Answers.answer(answer)))
			.toList();
		BatchOptions options = BatchOptions.builder().maxConcurrency(1).completion(completion).build();
		return this.durable.parallel(name, branches, TypeRef.of(String.class), options);
	}

	private static CompletionConfig tolerating(int failures) {
		return CompletionConfig.builder().toleratedFailureCount(failures).build();
	}

	record Accessors(boolean hasFailure, int successCount, int failureCount, int errorCount) {
	}

}
