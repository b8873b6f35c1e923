package dev.durable.lambda;

import java.time.Duration;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.Invocation;
import dev.durable.engine.InvocationOutcome;
import dev.durable.engine.InvocationSettings;
import dev.durable.journal.InvocationFacts;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One invocation of a durable function by the service: runs the code until it ends or
 * waits, and says to the service what came of it.
 */
final class LambdaInvocation {

	/**
	 * When the time is up, the service may as well wait for what is due this soon: it
	 * repeats a failed invocation no sooner.
	 */
	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(LambdaInvocation.class);

	private final LoadedExecution execution;

	private final FunctionDefinition function;

	private final InvocationSettings settings;

	private final Recording recording;

	private InvocationFacts facts;

	/**
	 * Create an invocation.
	 * @param execution the execution as it was found
	 * @param function its code
	 * @param requestId what tells the invocation from others
	 * @param settings what all invocations share
	 * @param recording how it is recorded
	 */
	LambdaInvocation(LoadedExecution execution, FunctionDefinition function, String requestId,
			InvocationSettings settings, Recording recording) {
		this.execution = execution;
		this.function = function;
		this.settings = settings;
		this.recording = recording;
		this.facts = new InvocationFacts(function.id(), requestId, execution.first(), execution.startedAt(),
				execution.updated());
	}

	/**
	 * Run on the calling thread.
	 * @return the answer to the service
	 * @throws LambdaInvocationException if the service must invoke the function again
	 */
	byte[] run() {
		while (true) {
			LambdaRecorder recorder = this.recording.recorder();
			Invocation invocation = new Invocation(this.execution.id(), this.function, this.execution.known().all(),
					recorder, this.facts, this.settings);
			this.recording.checkpointing().watch(new Watching(recorder, invocation));
			InvocationOutcome ended = invocation.run(this.execution.input());
			recorder.close();
			InvocationOutcome outcome = concluded(settled(ended));
			boolean goesOn = outcome instanceof InvocationOutcome.Suspended && invocation.isResumable();
			if (!goesOn) {
				return answer(invocation, outcome);
			}
			// What its threads waited for was in the answer to the last checkpoint, and
			// the service does not tell it a second time.
			invocation.tellEnd(outcome);
			this.facts = new InvocationFacts(this.facts.function(), this.facts.requestId(), false,
					this.facts.executionStartedAt(), this.facts.updated());
		}
	}

	/** Everything that code has recorded becomes durable before anything is answered. */
	private InvocationOutcome settled(InvocationOutcome ended) {
		try {
			this.recording.checkpointing().settle();
			return ended;
		}
		catch (JournalLostException ex) {
			return (ended instanceof InvocationOutcome.Lost) ? ended : new InvocationOutcome.Lost(ex);
		}
	}

	/** What would fail again fails the execution. */
	private InvocationOutcome concluded(InvocationOutcome outcome) {
		if (outcome instanceof InvocationOutcome.Lost lost && CheckpointFailures.isFinal(lost.cause().getCause())) {
			return new InvocationOutcome.Failed(describe(lost.cause().getCause()));
		}
		if (outcome instanceof InvocationOutcome.Blocked blocked
				&& !(blocked.cause().getCause() instanceof PayloadSealedException)) {
			log.error("Execution '{}' of function '{}' fails: {}", this.execution.id(), this.function.id(),
					blocked.reason());
			return new InvocationOutcome.Failed(blocked.error());
		}
		return (outcome instanceof InvocationOutcome.Succeeded succeeded) ? recorded(succeeded) : outcome;
	}

	/** A result that does not fit into the answer is recorded before. */
	private InvocationOutcome recorded(InvocationOutcome.Succeeded succeeded) {
		try {
			return this.recording.recordIfTooLarge(succeeded) ? new InvocationOutcome.Succeeded(Payload.ofText(""))
					: succeeded;
		}
		catch (RuntimeException ex) {
			return concluded(new InvocationOutcome.Lost(new JournalLostException(
					JournalLostException.Reason.UNAVAILABLE, "The result could not be recorded", ex)));
		}
	}

	private Payload describe(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof AwsServiceException refused)
				? LambdaCheckpointRejectedException.of(this.execution.id(), refused)
				: (failure != null) ? failure : new IllegalStateException("Unknown failure");
		log.error("Execution '{}' of function '{}' fails", this.execution.id(), this.function.id(), cause);
		return errors().encode(errors().describe(cause));
	}

	private ErrorCodec errors() {
		return this.settings.errors();
	}

	private byte[] answer(Invocation invocation, InvocationOutcome outcome) {
		invocation.tellEnd(outcome);
		if (outcome instanceof InvocationOutcome.Succeeded succeeded) {
			return Answer.succeeded(succeeded.result());
		}
		if (outcome instanceof InvocationOutcome.Failed failed) {
			return Answer.failed(errors().decode(failed.error()));
		}
		if (outcome instanceof InvocationOutcome.Suspended && this.execution.known().isAnythingPending()) {
			return Answer.pending();
		}
		if (outcome instanceof InvocationOutcome.Drained
				&& this.execution.known().isAnythingDueBy(this.recording.now().plus(SOON))) {
			return Answer.pending();
		}
		throw again(outcome);
	}

	private LambdaInvocationException again(InvocationOutcome outcome) {
		String what = "Execution '%s' of function '%s' goes on in another invocation: ".formatted(this.execution.id(),
				this.function.id());
		if (outcome instanceof InvocationOutcome.Lost lost) {
			return new LambdaInvocationException(what + lost.cause().getMessage(), lost.cause());
		}
		if (outcome instanceof InvocationOutcome.Crashed crashed) {
			return new LambdaInvocationException(what + "this one could not go on: " + crashed.cause(),
					crashed.cause());
		}
		if (outcome instanceof InvocationOutcome.Blocked blocked) {
			return new LambdaInvocationException(what + blocked.reason(), blocked.cause());
		}
		if (outcome instanceof InvocationOutcome.Drained) {
			return new LambdaInvocationException(what
					+ "its time was nearly over, and nothing that the service could wait for is due soon. What is "
					+ "recorded stands. If this comes often, give the Lambda function more time, or make steps shorter.",
					null);
		}
		return new LambdaInvocationException(
				what + "its code waits, but for no operation of which the service knows that it is going on.", null);
	}

	/** Hands on what the service tells. */
	private record Watching(LambdaRecorder recorder, Invocation invocation) implements CheckpointWatcher {

		@Override
		public void changed(OperationState state) {
			this.recorder.changed(state);
		}

		@Override
		public void lost(JournalLostException reason) {
			this.invocation.lost(reason);
		}

		@Override
		public void timeIsUp() {
			this.invocation.drain();
			log.info("The time of the invocation is nearly over: no new operation begins");
		}

	}

}
