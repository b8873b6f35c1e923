package dev.durable.embedded;

import java.time.Duration;
import java.util.Collection;

import dev.durable.ExecutionId;
import dev.durable.codec.Payload;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationOutcome;
import dev.durable.journal.InvocationFacts;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import dev.durable.journal.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of invocations: in this process, or wherever else it can be reached while
 * this engine does what a service does. Thread-safe.
 */
@FunctionalInterface
public interface Invoker {

	/** What a failed invocation waits at most for the next. */
	Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	/**
	 * Prepare an invocation; what is recorded does not change before this returns.
	 * @param call what is to be run
	 * @return runs it
	 */
	Running prepare(Call call);

	/**
	 * Return how long to wait after an invocation that crashed (default: one second,
	 * doubled with every failure up to {@link #LONGEST_PAUSE}).
	 * @param failures how many invocations have failed before it, one after another
	 * @return zero or more
	 */
	default Duration retryAfter(int failures) {
		return Backoff.FAILED.after(failures);
	}

	/**
	 * Return whether what ends while an invocation runs, such as a wait, is recorded at
	 * once (default: it is). Otherwise that waits until the invocation has it settled, or
	 * has ended; the execution's own timeout does not wait.
	 * @return whether time and others go on while code runs
	 */
	default boolean recordsAtOnce() {
		return true;
	}

	/**
	 * What an invocation is given.
	 *
	 * @param execution the execution
	 * @param function its function
	 * @param recorded what earlier invocations recorded, without what lies below
	 * completed contexts; changes later, as more is recorded
	 * @param recorder records more; its listener is to be set while the invocation is
	 * prepared
	 * @param settle records what is due by now, such as the end of a wait, and returns
	 * when it is; it would be recorded a little later anyway
	 * @param facts what is known of the invocation
	 * @param failures how many invocations have failed before it, one after another
	 */
	record Call(ExecutionId execution, FunctionDefinition function, Collection<OperationState> recorded,
			Recorder recorder, Runnable settle, InvocationFacts facts, int failures) {

	}

	/** An invocation. Thread-safe. */
	interface Running {

		/**
		 * Run it on the calling thread; called once.
		 * @param input the encoded input, or {@code null} for none
		 * @return how it ended
		 */
		InvocationOutcome run(@Nullable Payload input);

		/**
		 * Return whether something that was recorded after the code went to sleep lets it
		 * go on; asked when nothing more is being recorded.
		 * @return whether the execution can go on at once
		 */
		boolean isResumable();

		/** Ask it to end at its next durable call, or before. */
		void drain();

		/**
		 * End it because nothing more can be recorded.
		 * @param cause why
		 */
		void lost(JournalLostException cause);

		/**
		 * Learn that its end has been recorded, or cannot be.
		 * @param outcome how it ended
		 */
		void tellEnd(InvocationOutcome outcome);

	}

}
