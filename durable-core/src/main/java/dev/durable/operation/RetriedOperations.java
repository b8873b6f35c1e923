package dev.durable.operation;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.OperationRef;
import dev.durable.RetriedBody;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Operations that are tried again together. Leaves no record: what fails and succeeds is
 * recorded already, and the strategy is asked again on replay.
 */
public final class RetriedOperations {

	/** A wait has to last, and whether there is one must not depend on jitter. */
	private static final Duration MIN_DELAY = Duration.ofMillis(1);

	private final OperationRuntime runtime;

	private final ChildContexts contexts;

	private final OperationRef retried;

	private final RetryStrategy retry;

	/**
	 * Create the operations.
	 * @param runtime what operations share
	 * @param contexts makes the context of all attempts
	 * @param retried whose id the operations' ids are derived from, and whose parent and
	 * name they get
	 * @param retry what follows a failed attempt
	 */
	public RetriedOperations(OperationRuntime runtime, ChildContexts contexts, OperationRef retried,
			RetryStrategy retry) {
		this.runtime = runtime;
		this.contexts = contexts;
		this.retried = retried;
		this.retry = retry;
	}

	/**
	 * Run, or replay, attempts until one succeeds or none is left.
	 * @param <T> the result
	 * @param <E> the checked exceptions of the code
	 * @param body the code of one attempt
	 * @return what the first attempt that succeeded returned
	 * @throws E if the last attempt failed
	 */
	public <T extends @Nullable Object, E extends Exception> T execute(RetriedBody<T, E> body) throws E {
		ContextScope scope = new ContextScope(this.retried.id(), this.retried.parentId(), this.retried.toString());
		try {
			T result = this.contexts.<T>run(scope, (child) -> attempts(child, body));
			this.runtime.checkEnding();
			return result;
		}
		catch (Exception ex) {
			throw Branch.<E>sneaky(ex);
		}
	}

	private <T extends @Nullable Object, E extends Exception> T attempts(DurableContext child, RetriedBody<T, E> body)
			throws Exception {
		for (int attempt = 1;; attempt++) {
			try {
				return body.run(child, attempt);
			}
			catch (Throwable ex) {
				this.runtime.rethrowIfEnding(ex);
				if (!(this.retry.decide(ex, attempt) instanceof RetryDecision.Retry next)) {
					throw ex;
				}
				Duration delay = (next.delay().compareTo(MIN_DELAY) > 0) ? next.delay() : MIN_DELAY;
				child.wait((this.retried.name() != null) ? this.retried.name() + "-backoff-" + attempt : null, delay);
			}
		}
	}

}
