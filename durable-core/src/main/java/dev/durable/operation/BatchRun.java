package dev.durable.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.durable.BatchItem;
import dev.durable.BatchItemStatus;
import dev.durable.BatchOptions;
import dev.durable.BatchProgress;
import dev.durable.BatchResult;
import dev.durable.CompletionReason;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * Runs the branches of one map or parallel: admits them in order, and ends when the
 * completion configuration says so. Belongs to the thread that calls the operation.
 *
 * @param <T> the result of one branch
 */
final class BatchRun<T extends @Nullable Object> implements ContextOperation.Body<BatchResult<T>> {

	private static final String REASON = "completionReason";

	private static final String STATUSES = "statuses";

	private final OperationRuntime runtime;

	private final List<BatchBranch<T>> branches;

	private final BatchOptions options;

	private final String description;

	/** Branches that have ended on threads of their own. */
	private final Queue<BatchBranch<T>> ended = new ConcurrentLinkedQueue<>();

	private final Set<BatchBranch<T>> open = new LinkedHashSet<>();

	private int admitted;

	private int succeeded;

	private int failed;

	private @Nullable CompletionReason reason;

	BatchRun(OperationRuntime runtime, List<BatchBranch<T>> branches, BatchOptions options, String description) {
		this.runtime = runtime;
		this.branches = branches;
		this.options = options;
		this.description = description;
	}

	@Override
	public BatchResult<T> run(@Nullable OperationState completed) {
		return (completed != null) ? rebuild(completed) : runBranches();
	}

	private BatchResult<T> runBranches() {
		if (this.branches.isEmpty()) {
			this.reason = CompletionReason.ALL_COMPLETED;
		}
		try {
			takeRecorded();
			while (this.reason == null) {
				admit();
				if (this.reason == null) {
					this.runtime.threads().await(this, () -> !this.ended.isEmpty());
					takeEnded();
				}
			}
		}
		finally {
			// Also when the application's own condition has thrown. Not when the
			// invocation ends: what runs then may still be recorded.
			if (!this.runtime.threads().ended()) {
				this.open.forEach(BatchBranch::cancel);
			}
		}
		takeEnded();
		return result(Objects.requireNonNull(this.reason));
	}

	/** What earlier invocations recorded counts in the order in which it ended. */
	private void takeRecorded() {
		List<BatchBranch<T>> recorded = new ArrayList<>();
		for (BatchBranch<T> branch : this.branches) {
			if (branch.recordedEnd() != null) {
				recorded.add(branch);
			}
		}
		recorded.sort(Comparator.comparing((branch) -> Objects.requireNonNull(branch.recordedEnd()),
				OperationState.IN_ORDER_OF_CHANGE));
		for (BatchBranch<T> branch : recorded) {
			branch.run();
			settle(branch);
		}
	}

	/** A branch keeps its place while it waits. */
	private void admit() {
		while (this.reason == null && this.admitted < this.branches.size()
				&& this.open.size() < this.options.maxConcurrency()) {
			BatchBranch<T> branch = this.branches.get(this.admitted);
			this.admitted++;
			if (branch.status() != BatchItemStatus.STARTED) {
				continue;
			}
			if (this.options.maxConcurrency() == 1) {
				// One after the other needs no threads.
				branch.run();
				settle(branch);
			}
			else {
				this.open.add(branch);
				branch.start(() -> {
					this.ended.add(branch);
					this.runtime.threads().changed(this);
				});
			}
		}
	}

	private void takeEnded() {
		BatchBranch<T> next = this.ended.poll();
		while (next != null) {
			this.open.remove(next);
			settle(next);
			next = this.ended.poll();
		}
	}

	private void settle(BatchBranch<T> branch) {
		if (branch.status() == BatchItemStatus.SUCCEEDED) {
			this.succeeded++;
		}
		else {
			this.failed++;
		}
		if (this.reason == null) {
			BatchProgress progress = new BatchProgress(this.branches.size(), this.succeeded, this.failed);
			Optional<CompletionReason> decided = this.options.completion().decide(progress);
			this.reason = decided.orElse(null);
		}
	}

	private BatchResult<T> result(CompletionReason why) {
		return new BatchResult<>(this.branches.stream().filter(BatchBranch::isBegun).map(BatchBranch::item).toList(),
				why);
	}

	/**
	 * Why the batch ended, and a letter for each branch: what the branches' own records
	 * cannot tell.
	 */
	@Override
	public Payload summary(BatchResult<T> result) {
		StringBuilder statuses = new StringBuilder("-".repeat(this.branches.size()));
		for (BatchItem<T> item : result.items()) {
			statuses.setCharAt(item.index(), letter(item.status()));
		}
		return this.runtime.payloads()
			.encode(summaryOf(), new TreeMap<>(Map.of(REASON, result.completionReason().name(), STATUSES, statuses)),
					Map.class);
	}

	private static char letter(BatchItemStatus status) {
		return switch (status) {
			case SUCCEEDED -> 'S';
			case FAILED -> 'F';
			case STARTED -> '.';
		};
	}

	private String summaryOf() {
		return "The summary of " + this.description;
	}

	/** Only branches that had ended run again, from what they have recorded. */
	private BatchResult<T> rebuild(OperationState completed) {
		Payload recorded = (completed.payload() != null) ? this.runtime.open(completed.payload()) : null;
		Map<?, ?> summary = (Map<?, ?>) this.runtime.payloads().decode(summaryOf(), recorded, Map.class);
		Object statuses = (summary != null) ? summary.get(STATUSES) : null;
		Object why = (summary != null) ? summary.get(REASON) : null;
		if (!(statuses instanceof String letters) || !(why instanceof String name)
				|| letters.length() != this.branches.size()) {
			throw this.runtime.journal()
				.diverged("Replay cannot rebuild %s: %s holds '%s' but the code has %d branches. "
					.formatted(this.description, completed.lastPlace(), summary, this.branches.size())
						+ "Put the former code back, or give the changed function a new version.");
		}
		List<BatchBranch<T>> begun = new ArrayList<>();
		for (int i = 0; i < letters.length(); i++) {
			BatchBranch<T> branch = this.branches.get(i);
			if (letters.charAt(i) == 'S' || letters.charAt(i) == 'F') {
				branch.run();
			}
			if (letters.charAt(i) != '-') {
				begun.add(branch);
			}
		}
		return new BatchResult<>(begun.stream().map(BatchBranch::item).toList(), CompletionReason.valueOf(name));
	}

}
