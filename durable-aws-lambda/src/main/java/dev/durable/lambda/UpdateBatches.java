package dev.durable.lambda;

import java.util.List;
import java.util.function.Supplier;

import dev.durable.journal.OperationUpdate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Fills batches with updates. Belongs to the thread that sends them. */
final class UpdateBatches {

	private final UpdateWriter writer;

	private final LambdaSettings.Checkpoints limits;

	/** Written already, but more than the batch before could take. */
	private UpdateWriter.@Nullable Written carried;

	UpdateBatches(UpdateWriter writer, LambdaSettings.Checkpoints limits) {
		this.writer = writer;
		this.limits = limits;
	}

	/**
	 * Fill the next batch.
	 * @param queue gives the next update, or {@code null} if there is none
	 */
	List<ObjectNode> next(Supplier<@Nullable OperationUpdate> queue) {
		UpdateBatch batch = new UpdateBatch(this.limits);
		UpdateWriter.Written written = (this.carried != null) ? this.carried : write(queue.get());
		while (written != null && batch.add(written)) {
			written = write(queue.get());
		}
		this.carried = written;
		return batch.updates();
	}

	private UpdateWriter.@Nullable Written write(@Nullable OperationUpdate update) {
		return (update != null) ? this.writer.write(update) : null;
	}

}
