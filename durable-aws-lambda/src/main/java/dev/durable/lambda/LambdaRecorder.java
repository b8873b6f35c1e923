package dev.durable.lambda;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.Recorder;

/**
 * Records what the engine's code does with the service, until the engine has left. What
 * its threads try later is refused: the same execution may run again by then.
 */
final class LambdaRecorder implements Recorder {

	private final Checkpointing checkpointing;

	private final Budget budget;

	private final UpdateCheck check;

	private final Clock clock;

	private volatile boolean closed;

	private volatile Consumer<OperationState> listener = (state) -> {
	};

	LambdaRecorder(Checkpointing checkpointing, Budget budget, UpdateCheck check, Clock clock) {
		this.checkpointing = checkpointing;
		this.budget = budget;
		this.check = check;
		this.clock = clock;
	}

	@Override
	public void enqueue(List<OperationUpdate> updates) {
		if (this.closed) {
			throw new JournalLostException(Reason.CLOSED, "The invocation has ended", null);
		}
		updates.forEach(this.check::check);
		this.budget.start(updates);
		this.checkpointing.add(updates);
	}

	@Override
	public CompletionStage<Void> flush() {
		return this.checkpointing.flush();
	}

	/** The service takes part in no transaction. */
	@Override
	public boolean joinTransaction(OperationUpdate update, Consumer<Runnable> permit, Runnable committed) {
		return false;
	}

	@Override
	public boolean inTransaction() {
		return false;
	}

	@Override
	public Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	@Override
	public void onChange(Consumer<OperationState> listener) {
		this.listener = listener;
	}

	void changed(OperationState state) {
		this.listener.accept(state);
	}

	void close() {
		this.closed = true;
	}

}
