package dev.durable.conformance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.ExecutionId;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;

import org.springframework.core.annotation.AnnotatedElementUtils;

/** Tells a listener only what belongs to executions of some functions. Thread-safe. */
final class FunctionListener implements DurableListener {

	private final DurableListener listener;

	private final Set<String> functions;

	/** Only an invocation's start names the function. */
	private final Set<ExecutionId> executions = ConcurrentHashMap.newKeySet();

	FunctionListener(DurableListener listener, Set<String> functions) {
		this.listener = listener;
		this.functions = Set.copyOf(functions);
	}

	/** Return what tells a listener of the functions that it is annotated with. */
	static FunctionListener of(DurableListener listener) {
		ListensTo functions = AnnotatedElementUtils.findMergedAnnotation(listener.getClass(), ListensTo.class);
		if (functions == null) {
			throw new IllegalStateException(
					"Listener %s must be annotated with @ListensTo".formatted(listener.getClass().getName()));
		}
		return new FunctionListener(listener, Set.of(functions.value()));
	}

	private boolean belongs(ExecutionId execution) {
		return this.executions.contains(execution);
	}

	@Override
	public void onInvocationStart(InvocationInfo info) {
		if (this.functions.contains(info.function().name())) {
			this.executions.add(info.execution());
			this.listener.onInvocationStart(info);
		}
	}

	@Override
	public void onInvocationEnd(InvocationEndInfo info) {
		if (belongs(info.invocation().execution())) {
			this.listener.onInvocationEnd(info);
		}
	}

	@Override
	public void onOperationStart(OperationInfo operation) {
		if (belongs(operation.execution())) {
			this.listener.onOperationStart(operation);
		}
	}

	@Override
	public void onOperationEnd(OperationInfo operation) {
		if (belongs(operation.execution())) {
			this.listener.onOperationEnd(operation);
		}
	}

	@Override
	public void onOperationChange(OperationChange change) {
		if (belongs(change.execution())) {
			this.listener.onOperationChange(change);
		}
	}

	@Override
	public void onAttemptStart(AttemptInfo attempt) {
		if (belongs(attempt.execution())) {
			this.listener.onAttemptStart(attempt);
		}
	}

	@Override
	public void onAttemptEnd(AttemptInfo attempt) {
		if (belongs(attempt.execution())) {
			this.listener.onAttemptEnd(attempt);
		}
	}

}
