package dev.durable.lambda;

import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.journal.OperationAction;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what an execution uses of the service's quotas, as the service meters it: one
 * operation for the execution, and one for each start and each further attempt of another
 * one. Thread-safe.
 * <p>
 * It begins with what the envelope tells, which leaves out what lies below completed
 * contexts and failed invocations: the service may have counted more.
 */
final class Budget {

	private static final double WARNING = 0.8;

	private static final Logger log = LoggerFactory.getLogger(Budget.class);

	private final ExecutionId execution;

	private final LambdaSettings.Limits limits;

	private long operations = 1;

	private long bytes;

	Budget(ExecutionId execution, LambdaSettings.Limits limits) {
		this.execution = execution;
		this.limits = limits;
	}

	/** Count what is recorded already. */
	synchronized void recorded(int operations, long bytes) {
		this.operations += operations;
		this.bytes += bytes;
	}

	/**
	 * Count the operations of updates that are going to be sent.
	 * @throws JournalLostException if one of them exceeds the limit; then none is to be
	 * sent
	 */
	synchronized void start(List<OperationUpdate> updates) {
		long newOperations = this.operations;
		for (OperationUpdate update : updates) {
			newOperations += (update.action() == OperationAction.START) ? 1 : 0;
			check(update.operation(), newOperations, this.limits.operations(), "operations");
		}
		warn(this.operations, newOperations, this.limits.operations(), "operations");
		this.operations = newOperations;
	}

	/**
	 * Count the bytes of an update as the service keeps them.
	 * @throws JournalLostException if they exceed the limit; then it is not to be sent
	 */
	synchronized void write(OperationRef operation, long bytes) {
		long newBytes = this.bytes + bytes;
		check(operation, newBytes, this.limits.storedBytes(), "recorded bytes");
		warn(this.bytes, newBytes, this.limits.storedBytes(), "recorded bytes");
		this.bytes = newBytes;
	}

	private void check(OperationRef operation, long count, long limit, String unit) {
		if (count > limit) {
			String message = ("%s exceeds what Lambda allows execution '%s': it would have %d %s and at most %d are "
					+ "allowed. Move parts of the work into functions of their own and invoke them, or record less.")
				.formatted(operation, this.execution, count, unit, limit);
			throw new JournalLostException(Reason.CLOSED, message, new LambdaLimitExceededException(message));
		}
	}

	/**
	 * Once, when the mark is passed: an invocation that begins above it has been told.
	 */
	private void warn(long former, long count, long limit, String unit) {
		double mark = limit * WARNING;
		if (former < mark && count >= mark) {
			log.warn("Execution '{}' has used {} {} of the {} that Lambda allows, after which it fails", this.execution,
					count, unit, limit);
		}
	}

}
