package dev.durable.operation;

import dev.durable.BatchItem;
import dev.durable.BatchItemStatus;
import dev.durable.ChildBody;
import dev.durable.NestingType;
import dev.durable.OperationRef;
import dev.durable.journal.OperationState;
import dev.durable.operation.ContextOperation.Outcome;
import dev.durable.operation.ExecutionThreads.Fork;
import org.jspecify.annotations.Nullable;

/**
 * One item of a map, or one branch of a parallel.
 *
 * @param <T> the result
 */
final class BatchBranch<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final ChildContexts contexts;

	private final int index;

	private final OperationRef ref;

	private final NestingType nesting;

	private final ChildBody<? extends T, ?> body;

	private final Form<T> form;

	private final ContextOperation<T> nested;

	private volatile boolean begun;

	private volatile @Nullable Outcome<T> outcome;

	private @Nullable Fork fork;

	BatchBranch(OperationRuntime runtime, ChildContexts contexts, int index, OperationRef ref, NestingType nesting,
			ChildBody<? extends T, ?> body, Form<T> form) {
		this.runtime = runtime;
		this.contexts = contexts;
		this.index = index;
		this.ref = ref;
		this.nesting = nesting;
		this.body = body;
		this.form = form;
		this.nested = new ContextOperation<>(runtime, ref, form);
	}

	/** What is recorded of a branch that has ended, or null. */
	@Nullable OperationState recordedEnd() {
		OperationState state = this.runtime.journal().state(this.ref.id());
		return (state != null && state.status().isTerminal()) ? state : null;
	}

	/** Run the branch, or replay it, on the calling thread. */
	void run() {
		this.runtime.checkEnding();
		this.begun = true;
		this.outcome = (this.nesting == NestingType.NESTED) ? runNested() : runFlat();
	}

	private Outcome<T> runNested() {
		return this.nested.run((completed) -> this.contexts.<T>run(ContextScope.of(this.ref), this.body::run));
	}

	/** Leaves no record: the operations belong to the batch, under the branch's ids. */
	private Outcome<T> runFlat() {
		ContextScope scope = new ContextScope(this.ref.id(), this.ref.parentId(), this.ref.toString());
		try {
			T result = this.contexts.<T>run(scope, this.body::run);
			this.runtime.checkEnding();
			return Outcome.succeeded(this.form.decode(this.form.encodeUnbounded(result)));
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			return Outcome.failed(this.runtime.encode(ex));
		}
	}

	/**
	 * Run on a thread of its own, and tell when it has ended. The start is recorded here,
	 * so that starts are in the order of the branches.
	 */
	void start(Runnable ended) {
		if (this.nesting == NestingType.NESTED) {
			this.nested.begin();
			this.begun = true;
		}
		this.fork = this.runtime.threads().fork(this.ref.toString(), () -> {
			try {
				run();
			}
			catch (InvocationEndedError ex) {
				return;
			}
			ended.run();
		});
	}

	void cancel() {
		if (this.fork != null && this.outcome == null) {
			this.fork.cancel();
		}
	}

	boolean isBegun() {
		return this.begun || this.runtime.journal().state(this.ref.id()) != null
				|| this.runtime.hasPassed(new OperationIds(this.ref.id()));
	}

	BatchItemStatus status() {
		Outcome<T> ended = this.outcome;
		if (ended == null) {
			return BatchItemStatus.STARTED;
		}
		return (ended.error() == null) ? BatchItemStatus.SUCCEEDED : BatchItemStatus.FAILED;
	}

	BatchItem<T> item() {
		Outcome<T> ended = this.outcome;
		if (ended == null) {
			return new BatchItem<>(this.index, this.ref.name(), BatchItemStatus.STARTED, null, null);
		}
		if (ended.error() != null) {
			return new BatchItem<>(this.index, this.ref.name(), BatchItemStatus.FAILED, null,
					this.runtime.error(ended.error()));
		}
		return new BatchItem<>(this.index, this.ref.name(), BatchItemStatus.SUCCEEDED, ended.value(), null);
	}

}
