package dev.durable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The durable operations of the current execution.
 * <p>
 * Operations are recognised on replay by the order in which the code asks for them, so
 * the code between them must be deterministic: take time and randomness from here, and do
 * side effects in steps. A context belongs to the thread that it was handed to; calling
 * it from another thread, from inside a step, or while a child context is running on its
 * thread, throws {@link IllegalStateException}. Operation names are optional, at most 256
 * printable ASCII characters.
 */
public interface DurableContext extends BatchOperations {

	/**
	 * Return the execution that this context belongs to.
	 * @return the execution's id
	 */
	ExecutionId executionId();

	/**
	 * Run code once and record its result; on replay return the recorded result.
	 * @param <T> the result
	 * @param <E> the checked exceptions of the code
	 * @param name the operation's name, or {@code null}
	 * @param type the result's type
	 * @param options semantics and retries
	 * @param body the code
	 * @return the result, as the payload codec gives it back
	 * @throws E if the code failed for good; rebuilt from the record, or replaced by
	 * {@link StepFailedException} if it cannot be rebuilt
	 */
	<T extends @Nullable Object, E extends Exception> T step(@Nullable String name, TypeRef<T> type,
			StepOptions options, StepBody<T, E> body) throws E;

	/**
	 * Run code once with the default options.
	 * @see #step(String, TypeRef, StepOptions, StepBody)
	 */
	default <T extends @Nullable Object, E extends Exception> T step(@Nullable String name, TypeRef<T> type,
			StepBody<T, E> body) throws E {
		return step(name, type, StepOptions.defaults(), body);
	}

	/**
	 * Run code once.
	 * @see #step(String, TypeRef, StepOptions, StepBody)
	 */
	default <T extends @Nullable Object, E extends Exception> T step(@Nullable String name, Class<T> type,
			StepOptions options, StepBody<T, E> body) throws E {
		return step(name, TypeRef.of(type), options, body);
	}

	/**
	 * Run code once with the default options.
	 * @see #step(String, TypeRef, StepOptions, StepBody)
	 */
	default <T extends @Nullable Object, E extends Exception> T step(@Nullable String name, Class<T> type,
			StepBody<T, E> body) throws E {
		return step(name, TypeRef.of(type), StepOptions.defaults(), body);
	}

	/**
	 * Run code once, on a thread of its own.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param type the result's type
	 * @param options semantics and retries
	 * @param body the code
	 * @return the future result
	 */
	<T extends @Nullable Object> DurableFuture<T> stepAsync(@Nullable String name, TypeRef<T> type, StepOptions options,
			StepBody<T, ?> body);

	/**
	 * Run code once, on a thread of its own.
	 * @see #stepAsync(String, TypeRef, StepOptions, StepBody)
	 */
	default <T extends @Nullable Object> DurableFuture<T> stepAsync(@Nullable String name, Class<T> type,
			StepBody<T, ?> body) {
		return stepAsync(name, TypeRef.of(type), StepOptions.defaults(), body);
	}

	/**
	 * Pause the execution, which holds no thread and no memory meanwhile.
	 * @param name the operation's name, or {@code null}
	 * @param duration more than zero, at most 31,622,400 seconds (366 days)
	 */
	default void wait(@Nullable String name, Duration duration) {
		waitAsync(name, duration).get();
	}

	/**
	 * Start a pause without waiting for its end.
	 * @param name the operation's name, or {@code null}
	 * @param duration more than zero, at most 31,622,400 seconds (366 days)
	 * @return the pause's end
	 */
	DurableFuture<@Nullable Void> waitAsync(@Nullable String name, Duration duration);

	/**
	 * Create a callback; it is durable when this returns, so its id may be given away.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param type the result's type
	 * @param options timeouts
	 * @return the callback, whose {@code get} throws {@link CallbackFailedException} or
	 * {@link CallbackTimedOutException} when it does not succeed
	 */
	<T extends @Nullable Object> DurableCallback<T> createCallback(@Nullable String name, TypeRef<T> type,
			CallbackOptions options);

	/**
	 * Create a callback.
	 * @see #createCallback(String, TypeRef, CallbackOptions)
	 */
	default <T extends @Nullable Object> DurableCallback<T> createCallback(@Nullable String name, Class<T> type,
			CallbackOptions options) {
		return createCallback(name, TypeRef.of(type), options);
	}

	/**
	 * Create a callback without timeouts.
	 * @see #createCallback(String, TypeRef, CallbackOptions)
	 */
	default <T extends @Nullable Object> DurableCallback<T> createCallback(@Nullable String name, Class<T> type) {
		return createCallback(name, TypeRef.of(type), CallbackOptions.defaults());
	}

	/**
	 * Run another durable function as an execution of its own and wait for its result.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param function the function's name
	 * @param input its input
	 * @param type the result's type
	 * @return the result
	 * @throws InvokeFailedException if the invoked execution ended without a result
	 * @throws UnknownFunctionException if there is no such function
	 */
	default <T extends @Nullable Object> T invoke(@Nullable String name, String function, @Nullable Object input,
			Class<T> type) {
		return invokeAsync(name, function, input, TypeRef.of(type), InvokeOptions.defaults()).get();
	}

	/**
	 * Run another durable function as an execution of its own.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param function the function's name
	 * @param input its input
	 * @param type the result's type
	 * @param options the tenant
	 * @return the future result
	 * @throws UnknownFunctionException if there is no such function
	 */
	<T extends @Nullable Object> DurableFuture<T> invokeAsync(@Nullable String name, String function,
			@Nullable Object input, TypeRef<T> type, InvokeOptions options);

	/**
	 * Run a group of operations whose result is recorded as one; on replay a completed
	 * group is not run again, unless its result was too large to be recorded.
	 * @param <T> the result
	 * @param <E> the checked exceptions of the code
	 * @param name the operation's name, or {@code null}
	 * @param type the result's type
	 * @param options the result's codec
	 * @param body the code
	 * @return the result, as the codec gives it back
	 * @throws E if the code failed; rebuilt from the record, or replaced by
	 * {@link ChildContextFailedException} if it cannot be rebuilt
	 */
	<T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, E> body) throws E;

	/**
	 * Run a group of operations.
	 * @see #runInChildContext(String, TypeRef, ChildContextOptions, ChildBody)
	 */
	default <T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name,
			TypeRef<T> type, ChildBody<T, E> body) throws E {
		return runInChildContext(name, type, ChildContextOptions.defaults(), body);
	}

	/**
	 * Run a group of operations.
	 * @see #runInChildContext(String, TypeRef, ChildContextOptions, ChildBody)
	 */
	default <T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name, Class<T> type,
			ChildBody<T, E> body) throws E {
		return runInChildContext(name, TypeRef.of(type), ChildContextOptions.defaults(), body);
	}

	/**
	 * Run a group of operations on a thread of its own.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param type the result's type
	 * @param options the result's codec
	 * @param body the code
	 * @return the future result
	 */
	<T extends @Nullable Object> DurableFuture<T> runInChildContextAsync(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, ?> body);

	/**
	 * Run a group of operations on a thread of its own.
	 * @see #runInChildContextAsync(String, TypeRef, ChildContextOptions, ChildBody)
	 */
	default <T extends @Nullable Object> DurableFuture<T> runInChildContextAsync(@Nullable String name, Class<T> type,
			ChildBody<T, ?> body) {
		return runInChildContextAsync(name, TypeRef.of(type), ChildContextOptions.defaults(), body);
	}

	/**
	 * Create a callback, give its id away in a step, and wait for its result.
	 * <p>
	 * Recorded as a child context that holds the callback {@code <name>-callback} and the
	 * step {@code <name>-submitter}; without a name these have none either.
	 * @param <T> the result
	 * @param name the operation's name of at most 246 characters, or {@code null}
	 * @param type the result's type
	 * @param options timeouts, codec, and the submitter's retries
	 * @param submitter gives the callback's id away
	 * @return the result; {@code null} if the callback was completed without one
	 * @throws CallbackFailedException if the callback was completed with an error
	 * @throws CallbackTimedOutException if it was not completed in time
	 * @throws ChildContextFailedException if the submitter failed for good with a checked
	 * exception; an unchecked one is rethrown
	 */
	<T extends @Nullable Object> T waitForCallback(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter);

	/**
	 * Create a callback, give its id away in a step, and wait for its result.
	 * @see #waitForCallback(String, TypeRef, WaitForCallbackOptions, CallbackSubmitter)
	 */
	default <T extends @Nullable Object> T waitForCallback(@Nullable String name, Class<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter) {
		return waitForCallback(name, TypeRef.of(type), options, submitter);
	}

	/**
	 * Create a callback without timeouts, give its id away in a step, and wait for its
	 * result.
	 * @see #waitForCallback(String, TypeRef, WaitForCallbackOptions, CallbackSubmitter)
	 */
	default <T extends @Nullable Object> T waitForCallback(@Nullable String name, Class<T> type,
			CallbackSubmitter<?> submitter) {
		return waitForCallback(name, TypeRef.of(type), WaitForCallbackOptions.defaults(), submitter);
	}

	/**
	 * Create a callback and give its id away, without waiting for its result.
	 * @see #waitForCallback(String, TypeRef, WaitForCallbackOptions, CallbackSubmitter)
	 */
	<T extends @Nullable Object> DurableFuture<T> waitForCallbackAsync(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter);

	/**
	 * Check a condition until it is met; between two checks the execution may suspend.
	 * @param <T> the state
	 * @param <E> the checked exceptions of the check
	 * @param name the operation's name, or {@code null}
	 * @param type the state's type
	 * @param options initial state, strategy and codec
	 * @param check looks once, and returns the new state; a check that throws is not
	 * repeated
	 * @return the state that met the condition
	 * @throws E if a check failed
	 * @throws WaitForConditionFailedException if the strategy gave up
	 */
	<T extends @Nullable Object, E extends Exception> T waitForCondition(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, E> check) throws E;

	/**
	 * Check a condition until it is met.
	 * @see #waitForCondition(String, TypeRef, ConditionOptions, ConditionCheck)
	 */
	default <T extends @Nullable Object, E extends Exception> T waitForCondition(@Nullable String name, Class<T> type,
			ConditionOptions<T> options, ConditionCheck<T, E> check) throws E {
		return waitForCondition(name, TypeRef.of(type), options, check);
	}

	/**
	 * Check a condition until it is met, on a thread of its own.
	 * @see #waitForCondition(String, TypeRef, ConditionOptions, ConditionCheck)
	 */
	<T extends @Nullable Object> DurableFuture<T> waitForConditionAsync(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, ?> check);

	/**
	 * Run several operations, and run them all again when the code fails.
	 * <p>
	 * Leaves no record of its own: the attempts' operations belong to this context, and a
	 * wait named {@code <name>-backoff-<n>} follows attempt n.
	 * @param <T> the result
	 * @param <E> the checked exceptions of the code
	 * @param name prefix of the waits' names, or {@code null}
	 * @param retry what follows a failed attempt; on replay it is asked again and must
	 * decide the same, except for the delay
	 * @param body the code of one attempt, as deterministic as the code around it
	 * @return what the first attempt that succeeded returned
	 * @throws E if the last attempt failed
	 */
	<T extends @Nullable Object, E extends Exception> T withRetry(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, E> body) throws E;

	/**
	 * Run several operations with retries, on a thread of its own.
	 * @see #withRetry(String, RetryStrategy, RetriedBody)
	 */
	<T extends @Nullable Object> DurableFuture<T> withRetryAsync(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, ?> body);

	/**
	 * Return the current time, the same on every replay.
	 * @return the store's time, to the millisecond
	 */
	Instant now();

	/**
	 * Return a random UUID, the same on every replay.
	 * @return a version 4 UUID
	 */
	UUID randomUUID();

	/**
	 * Return a random number, the same on every replay.
	 * @return from zero (inclusive) to one (exclusive)
	 */
	double random();

	/**
	 * Return a logger that stays quiet while the code is replayed.
	 * @return the logger
	 */
	Logger logger();

}
