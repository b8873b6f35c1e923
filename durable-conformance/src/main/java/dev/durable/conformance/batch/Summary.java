package dev.durable.conformance.batch;

import dev.durable.BatchItemStatus;
import dev.durable.BatchResult;
import dev.durable.CompletionReason;

/** All that a batch result counts. */
record Summary(CompletionReason completionReason, BatchItemStatus status, int successCount, int failureCount,
		int totalCount) {

	static Summary of(BatchResult<?> result) {
		return new Summary(result.completionReason(), result.status(), result.successCount(), result.failureCount(),
				result.totalCount());
	}

	/** The counts of a batch with failures. */
	record Failures(CompletionReason completionReason, int successCount, int failureCount, int totalCount) {

		static Failures of(BatchResult<?> result) {
			return new Failures(result.completionReason(), result.successCount(), result.failureCount(),
					result.totalCount());
		}

	}

	/** The counts of a batch that only counts successes. */
	record Successes(CompletionReason completionReason, int successCount, int totalCount) {

		static Successes of(BatchResult<?> result) {
			return new Successes(result.completionReason(), result.successCount(), result.totalCount());
		}

	}

}
