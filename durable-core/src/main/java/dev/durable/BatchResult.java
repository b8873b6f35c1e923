package dev.durable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What came of a map or parallel. Failed items do not fail the operation: look at them
 * here, or call {@link #rethrow()}.
 *
 * @param <T> the items' result
 * @param items the items that were begun, by index
 * @param completionReason why the operation ended
 */
public record BatchResult<T extends @Nullable Object>(List<BatchItem<T>> items, CompletionReason completionReason) {

	public BatchResult {
		items = List.copyOf(items);
	}

	/**
	 * Return how the operation counts as a whole.
	 * @return {@link BatchItemStatus#FAILED} if any item failed, else
	 * {@link BatchItemStatus#SUCCEEDED}
	 */
	public BatchItemStatus status() {
		return hasFailure() ? BatchItemStatus.FAILED : BatchItemStatus.SUCCEEDED;
	}

	/**
	 * Return the results of the items that succeeded.
	 * @return the results by index, without gaps for the others
	 */
	@SuppressWarnings("NullAway") // a result is null only where T allows it
	public List<T> results() {
		return succeeded().stream().<T>map(BatchItem::result).toList();
	}

	/**
	 * Return the items that succeeded.
	 * @return the items by index
	 */
	public List<BatchItem<T>> succeeded() {
		return with(BatchItemStatus.SUCCEEDED);
	}

	/**
	 * Return the items that failed.
	 * @return the items by index
	 */
	public List<BatchItem<T>> failed() {
		return with(BatchItemStatus.FAILED);
	}

	/**
	 * Return the items that had not ended when the operation ended.
	 * @return the items by index
	 */
	public List<BatchItem<T>> started() {
		return with(BatchItemStatus.STARTED);
	}

	private List<BatchItem<T>> with(BatchItemStatus status) {
		return this.items.stream().filter((item) -> item.status() == status).toList();
	}

	/**
	 * Return the errors of the items that failed.
	 * @return the errors by index
	 */
	public List<ErrorObject> errors() {
		return failed().stream().map((item) -> Objects.requireNonNull(item.error())).toList();
	}

	/**
	 * Return whether any item failed.
	 * @return whether one did
	 */
	public boolean hasFailure() {
		return !failed().isEmpty();
	}

	/**
	 * Return how many items succeeded.
	 * @return zero or more
	 */
	public int successCount() {
		return succeeded().size();
	}

	/**
	 * Return how many items failed.
	 * @return zero or more
	 */
	public int failureCount() {
		return failed().size();
	}

	/**
	 * Return how many items had not ended.
	 * @return zero or more
	 */
	public int startedCount() {
		return started().size();
	}

	/**
	 * Return how many items were begun.
	 * @return zero or more
	 */
	public int totalCount() {
		return this.items.size();
	}

	/**
	 * Throw the error of the first item that failed, by index, if any did.
	 * @return this result
	 * @throws BatchItemFailedException if an item failed
	 */
	public BatchResult<T> rethrow() {
		Optional<BatchItem<T>> first = failed().stream().findFirst();
		if (first.isPresent()) {
			throw new BatchItemFailedException(first.get());
		}
		return this;
	}

}
