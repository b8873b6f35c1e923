package dev.durable.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.NonDeterministicExecutionException;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.context.ReplayingDurableContext;
import dev.durable.journal.InvocationFacts;
import dev.durable.journal.Journal;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.Observation;
import dev.durable.journal.OperationState;
import dev.durable.journal.Recorder;
import dev.durable.operation.InvocationEndedError;
import dev.durable.operation.OperationRuntime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One stretch of running code of one execution: replays what is recorded and goes on
 * until the function ends or every thread waits.
 */
public final class Invocation {

	/** Long enough for any step: a function that has returned waits for its steps. */
	private static final Duration UNBOUNDED = Duration.ofDays(366);

	private static final Logger log = LoggerFactory.getLogger(Invocation.class);

	private final ExecutionId execution;

	private final FunctionDefinition function;

	private final InvocationFacts facts;

	private final InvocationSettings settings;

	private final InvocationThreads threads;

	private final Journal journal;

	/**
	 * Create an invocation.
	 * @param execution the execution
	 * @param function its code
	 * @param recorded what earlier invocations recorded
	 * @param recorder records more
	 * @param facts what the host knows of the invocation
	 * @param settings what the host's invocations share
	 */
	public Invocation(ExecutionId execution, FunctionDefinition function, Collection<OperationState> recorded,
			Recorder recorder, InvocationFacts facts, InvocationSettings settings) {
		this.execution = execution;
		this.function = function;
		this.facts = facts;
		this.settings = settings;
		this.threads = new InvocationThreads(settings, new JournalFlushing());
		this.journal = new Journal(recorded, recorder, this.threads::changed, execution, settings.observers());
	}

	/**
	 * Run on the calling thread.
	 * @param input the encoded input, or {@code null} for none
	 * @return how the invocation ended, after its threads have left
	 */
	public InvocationOutcome run(@Nullable Payload input) {
		Result result = new Result();
		MDC.put("durable.execution", this.execution.value());
		MDC.put("durable.function", this.function.id().name());
		this.journal.observation().begun(this.facts);
		try {
			this.threads.runAsRoot(() -> runFunction(input, result));
		}
		finally {
			MDC.remove("durable.execution");
			MDC.remove("durable.function");
		}
		Ending ending = this.threads.ending();
		if (ending == null) {
			this.threads.end(new Ending.Finished());
		}
		boolean bounded = ending != null && !(ending instanceof Ending.Drained);
		if (!this.threads.awaitForks(bounded ? this.settings.unwindTimeout() : UNBOUNDED)) {
			log.warn(
					"Execution '{}' suspends although some of its code has not left within {}; "
							+ "what that code still does is not recorded",
					this.execution, this.settings.unwindTimeout());
		}
		return outcome(result);
	}

	private void runFunction(@Nullable Payload input, Result result) {
		OperationRuntime runtime = new OperationRuntime(this.execution, this.journal, this.threads,
				this.settings.payloads(), this.settings.errors(),
				LoggerFactory.getLogger("dev.durable.function." + this.function.id().name()),
				this.settings.replayLogging());
		try {
			Object decoded = decode(runtime, input);
			Object returned = ReplayingDurableContext.runRoot(runtime,
					(context) -> this.function.body().run(context, decoded));
			result.payload = this.settings.payloads()
				.encodeResult("The result of function '%s'".formatted(this.function.id()), returned,
						this.function.resultType());
		}
		catch (Throwable ex) {
			result.thrown = ex;
		}
	}

	private @Nullable Object decode(OperationRuntime runtime, @Nullable Payload input) {
		try {
			if (input != null) {
				runtime.open(input);
			}
			return this.settings.payloads()
				.decode("The input of function '%s'".formatted(this.function.id()), input, this.function.inputType());
		}
		catch (PayloadCodecException ex) {
			throw this.journal.diverged(ex.getMessage() + " The execution cannot go on until its input can be read.");
		}
	}

	private InvocationOutcome outcome(Result result) {
		NonDeterministicExecutionException divergence = this.journal.divergence();
		Ending ending = this.threads.ending();
		if (ending instanceof Ending.Lost lost) {
			return new InvocationOutcome.Lost(lost.cause());
		}
		if (divergence != null) {
			return new InvocationOutcome.Blocked(divergence, describe(divergence));
		}
		if (ending instanceof Ending.Crashed crashed) {
			return new InvocationOutcome.Crashed(crashed.cause(), describe(crashed.cause()));
		}
		if (ending instanceof Ending.Suspended) {
			return new InvocationOutcome.Suspended();
		}
		if (ending instanceof Ending.Drained) {
			return new InvocationOutcome.Drained();
		}
		return finished(result);
	}

	private InvocationOutcome finished(Result result) {
		Throwable thrown = result.thrown;
		if (thrown == null && result.payload != null) {
			return new InvocationOutcome.Succeeded(result.payload);
		}
		if (thrown instanceof JournalLostException lost) {
			return new InvocationOutcome.Lost(lost);
		}
		Throwable cause = (thrown != null) ? thrown : new IllegalStateException("The function left no result");
		if (cause instanceof InvocationEndedError
				|| (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError))) {
			return new InvocationOutcome.Crashed(cause, describe(cause));
		}
		log.info("Execution '{}' of function '{}' failed", this.execution, this.function.id(), cause);
		return new InvocationOutcome.Failed(describe(cause));
	}

	private Payload describe(Throwable error) {
		return this.settings.errors().encode(this.settings.errors().describe(error));
	}

	/**
	 * Tell who watches that the invocation's end has been recorded, or cannot be.
	 * @param outcome how it ended
	 */
	public void tellEnd(InvocationOutcome outcome) {
		Observation observation = this.journal.observation();
		if (outcome instanceof InvocationOutcome.Succeeded) {
			observation.succeeded(this.facts);
		}
		else if (outcome instanceof InvocationOutcome.Failed failed) {
			observation.failed(this.facts, failed.error());
		}
		else {
			observation.pending(this.facts, () -> error(outcome));
		}
	}

	private @Nullable Payload error(InvocationOutcome outcome) {
		if (outcome instanceof InvocationOutcome.Blocked blocked) {
			return blocked.error();
		}
		if (outcome instanceof InvocationOutcome.Crashed crashed) {
			return crashed.error();
		}
		return (outcome instanceof InvocationOutcome.Lost lost) ? describe(lost.cause()) : null;
	}

	/**
	 * Return whether something that the suspended threads waited for has been recorded
	 * since; to be asked when nothing more is being recorded.
	 * @return whether the execution can go on at once
	 */
	public boolean isResumable() {
		return this.threads.resumable();
	}

	/** Ask the invocation to end at its next durable call; running steps may finish. */
	public void drain() {
		this.threads.end(new Ending.Drained());
	}

	/**
	 * End the invocation because its journal is lost.
	 * @param cause why
	 */
	public void lost(JournalLostException cause) {
		this.threads.end(new Ending.Lost(cause));
	}

	/** What fails here fails again, and is handled, at the next commit. */
	private final class JournalFlushing implements InvocationThreads.Flushing {

		@Override
		public void begin() {
			CompletableFuture<Void> ignored = Invocation.this.journal.flush();
			log.trace("Flushing beside running threads: {}", ignored);
		}

		@Override
		public void await() {
			Invocation.this.journal.flush().handle((nothing, failure) -> nothing).join();
		}

	}

	/** What the function's code came to; written by the root thread only. */
	private static final class Result {

		private @Nullable Payload payload;

		private @Nullable Throwable thrown;

	}

}
