package dev.durable.lambda.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.durable.ExecutionId;
import dev.durable.OperationStatus;
import dev.durable.OperationType;
import dev.durable.journal.OperationAction;
import org.jspecify.annotations.Nullable;

/** What must hold for the updates of one checkpoint, given what is recorded. */
final class CheckpointRules {

	/** The most that any SDK sends: Python's 250, Java's 200. */
	static final int MAX_UPDATES = 250;

	static final int MAX_BYTES = 750 * 1024;

	private final String execution;

	private final Function<String, @Nullable RecordedOperation> recorded;

	/** The last update of each operation in this checkpoint. */
	private final Map<String, WireUpdate> before = new HashMap<>();

	/** What this checkpoint starts. */
	private final Map<String, WireUpdate> started = new HashMap<>();

	private CheckpointRules(ExecutionId execution, Function<String, @Nullable RecordedOperation> recorded) {
		this.execution = execution.value();
		this.recorded = recorded;
	}

	/** Check all updates, so that none is applied if one is refused. */
	static void check(List<WireUpdate> updates, ExecutionId execution,
			Function<String, @Nullable RecordedOperation> recorded) {
		checkBatch(updates);
		CheckpointRules rules = new CheckpointRules(execution, recorded);
		updates.forEach(rules::check);
	}

	private static void checkBatch(List<WireUpdate> updates) {
		if (updates.size() > MAX_UPDATES) {
			throw AwsException.invalid("A checkpoint may have at most %d updates but has %d", MAX_UPDATES,
					updates.size());
		}
		int bytes = updates.stream().mapToInt(WireUpdate::bytes).sum();
		if (updates.size() > 1 && bytes > MAX_BYTES) {
			throw AwsException.invalid("The updates of a checkpoint may have at most %d bytes together but have %d",
					MAX_BYTES, bytes);
		}
		List<WireUpdate> ofExecution = updates.stream()
			.filter((update) -> update.type() == OperationType.EXECUTION)
			.toList();
		if (ofExecution.size() > 1) {
			throw AwsException.invalid("A checkpoint may update the EXECUTION only once");
		}
		if (!ofExecution.isEmpty() && updates.get(updates.size() - 1) != ofExecution.get(0)) {
			throw AwsException.invalid("The update of the EXECUTION must be the last of its checkpoint");
		}
	}

	private void check(WireUpdate update) {
		UpdateRules.check(update);
		checkRepetition(update);
		checkParent(update);
		checkIdentity(update);
		if (update.type() != OperationType.EXECUTION) {
			checkTransition(update);
		}
		if (update.action() == OperationAction.START) {
			this.started.put(update.id(), update);
		}
		this.before.put(update.id(), update);
	}

	private void checkRepetition(WireUpdate update) {
		WireUpdate former = this.before.get(update.id());
		boolean bracket = former != null && former.action() == OperationAction.START
				&& update.action() != OperationAction.START
				&& (former.type() == OperationType.STEP || former.type() == OperationType.CONTEXT);
		if (former != null && !bracket) {
			throw AwsException
				.invalid("%s: a checkpoint may update an operation once, or start and end one STEP or CONTEXT", update);
		}
	}

	private void checkParent(WireUpdate update) {
		String parent = update.parentId();
		if (parent == null) {
			return;
		}
		RecordedOperation known = this.recorded.apply(parent);
		WireUpdate starting = this.started.get(parent);
		boolean context = (starting != null) ? starting.type() == OperationType.CONTEXT
				: known != null && known.operation().subType().type() == OperationType.CONTEXT;
		if (!context) {
			throw AwsException.invalid("%s: the parent is no known CONTEXT", update);
		}
	}

	/**
	 * The execution is an operation too, whose id no other may have. But it may end under
	 * any free id: AWS's SDKs for JavaScript and Python make one up.
	 */
	private void checkIdentity(WireUpdate update) {
		if (update.id().equals(this.execution)) {
			same(update, "type", update.type(), OperationType.EXECUTION);
			return;
		}
		RecordedOperation known = this.recorded.apply(update.id());
		WireUpdate starting = this.started.get(update.id());
		if (known != null) {
			String parent = (known.operation().parentId() != null) ? known.operation().parentId().value() : null;
			same(update, "type", update.type(), known.operation().subType().type());
			same(update, "subtype", update.subType(), known.operation().subType().text());
			same(update, "name", update.name(), known.operation().name());
			same(update, "parent", update.parentId(), parent);
		}
		else if (starting != null) {
			same(update, "type", update.type(), starting.type());
			same(update, "subtype", update.subType(), UpdateRules.subType(starting).text());
			same(update, "name", update.name(), starting.name());
			same(update, "parent", update.parentId(), starting.parentId());
		}
	}

	/** What an update leaves out is not compared. */
	private static void same(WireUpdate update, String what, @Nullable Object asked, @Nullable Object recorded) {
		if (asked != null && !Objects.equals(asked, recorded)) {
			throw AwsException.invalid("%s: the %s differs from what was recorded", update, what);
		}
	}

	private void checkTransition(WireUpdate update) {
		RecordedOperation known = this.recorded.apply(update.id());
		boolean starting = this.started.containsKey(update.id());
		OperationStatus status = starting ? OperationStatus.STARTED : (known != null) ? known.status() : null;
		boolean allowed = switch (update.action()) {
			case START -> status == null || (update.type() == OperationType.STEP && status == OperationStatus.READY);
			case RETRY -> open(status, OperationStatus.READY);
			case SUCCEED, FAIL ->
				(update.type() == OperationType.STEP) ? open(status, OperationStatus.READY) : open(status, null);
			// Only what runs can be given up.
			case CANCEL -> status == OperationStatus.STARTED;
		};
		if (!allowed) {
			throw AwsException.invalid("%s: the operation is %s", update, (status != null) ? status : "not started");
		}
	}

	/** A start may be left out: then the end comes first. */
	private static boolean open(@Nullable OperationStatus status, @Nullable OperationStatus orElse) {
		return status == null || status == OperationStatus.STARTED || (orElse != null && status == orElse);
	}

}
