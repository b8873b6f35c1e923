package dev.durable.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.durable.BatchItem;
import dev.durable.BatchItemStatus;
import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.NestingType;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.ParallelBranch;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * A map or a parallel: branches side by side whose results are recorded together.
 *
 * @param <T> the result of one branch
 */
public final class BatchOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final ChildContexts contexts;

	private final OperationRef batch;

	private final TypeRef<T> type;

	private final BatchOptions options;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param contexts makes the branches' contexts
	 * @param batch the operation
	 * @param type the type of one branch's result
	 * @param options concurrency, completion, and how branches are recorded
	 */
	public BatchOperation(OperationRuntime runtime, ChildContexts contexts, OperationRef batch, TypeRef<T> type,
			BatchOptions options) {
		this.runtime = runtime;
		this.contexts = contexts;
		this.batch = batch;
		this.type = type;
		this.options = options;
	}

	/**
	 * Run the branches, or replay what came of them.
	 * @param branchType what histories call a branch
	 * @param branches the branches
	 * @return what came of them
	 */
	public BatchResult<T> execute(OperationSubType branchType, List<ParallelBranch<T>> branches) {
		OperationIds ids = new OperationIds(this.batch.id());
		checkCount(ids, branches.size());
		List<BatchBranch<T>> list = new ArrayList<>(branches.size());
		for (int i = 0; i < branches.size(); i++) {
			ParallelBranch<T> branch = branches.get(i);
			OperationRef ref = new OperationRef(ids.at(i + 1), this.batch.id(), branch.name(), branchType);
			ValueForm<T> form = new ValueForm<>(this.runtime, "The result of " + ref, this.type.type(),
					this.options.itemCodec());
			list.add(new BatchBranch<>(this.runtime, this.contexts, i, ref, this.options.nesting(), branch.body(),
					form));
		}
		BatchRun<T> run = new BatchRun<>(this.runtime, list, this.options, this.batch.toString());
		return new ContextOperation<>(this.runtime, this.batch, form()).<RuntimeException>execute(run);
	}

	private void checkCount(OperationIds ids, int count) {
		OperationState surplus = this.runtime.journal().state(ids.at(count + 1));
		if (surplus != null && this.options.nesting() == NestingType.NESTED) {
			throw this.runtime.journal()
				.diverged(("Replay found fewer branches: %s holds branch %d of %s but the code has only %d. "
						+ "Put the former code back, or give the changed function a new version.")
					.formatted(surplus.place(), count + 1, this.batch, count));
		}
	}

	private Form<BatchResult<T>> form() {
		String what = "The result of " + this.batch;
		ValueCodec<?> items = this.options.itemCodec();
		if (items == null || this.options.codec() != null) {
			return new ValueForm<>(this.runtime, what, new BatchResultType(this.type.type()), this.options.codec());
		}
		@SuppressWarnings("unchecked") // options cannot know the type, and say that it
										// must fit
		ValueCodec<T> codec = (ValueCodec<T>) items;
		return new ValueForm<BatchResult<String>>(this.runtime, what, new BatchResultType(String.class), null)
			.map((result) -> convert(result, codec::encode), (result) -> convert(result, codec::decode));
	}

	@SuppressWarnings("NullAway") // a result is null only where its type allows it
	private static <S extends @Nullable Object, R extends @Nullable Object> BatchResult<R> convert(
			BatchResult<S> result, Function<S, R> converter) {
		List<BatchItem<R>> items = new ArrayList<>(result.totalCount());
		for (BatchItem<S> item : result.items()) {
			R converted = (item.status() == BatchItemStatus.SUCCEEDED) ? converter.apply(item.result()) : null;
			items.add(new BatchItem<>(item.index(), item.name(), item.status(), converted, item.error()));
		}
		return new BatchResult<>(items, result.completionReason());
	}

}
