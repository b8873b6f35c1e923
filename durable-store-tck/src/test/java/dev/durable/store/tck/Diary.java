package dev.durable.store.tck;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;

/** Writes down what a listener is told: a line for each call, and what came with it. */
final class Diary implements DurableListener {

	final List<String> lines = new CopyOnWriteArrayList<>();

	final List<InvocationInfo> starts = new CopyOnWriteArrayList<>();

	final List<InvocationEndInfo> ends = new CopyOnWriteArrayList<>();

	final List<OperationInfo> endedOperations = new CopyOnWriteArrayList<>();

	final List<AttemptInfo> endedAttempts = new CopyOnWriteArrayList<>();

	/** The lines whose first word is a hook. */
	List<String> lines(String hook) {
		Predicate<String> ofHook = (line) -> line.startsWith(hook + ": ");
		return this.lines.stream().filter(ofHook).map((line) -> line.substring(hook.length() + 2)).toList();
	}

	@Override
	public void onInvocationStart(InvocationInfo info) {
		this.starts.add(info);
		this.lines.add("invocation-start: first=" + info.first());
	}

	@Override
	public void onInvocationEnd(InvocationEndInfo info) {
		this.ends.add(info);
		this.lines.add("invocation-end: " + info.status());
	}

	@Override
	public void onOperationStart(OperationInfo info) {
		this.lines.add("operation-start: %s replayed=%s".formatted(info.operation(), info.replayed()));
	}

	@Override
	public void onOperationEnd(OperationInfo info) {
		this.endedOperations.add(info);
		this.lines.add("operation-end: %s %s".formatted(info.operation(), info.status()));
	}

	@Override
	public void onOperationChange(OperationChange change) {
		change.updatedOperations()
			.values()
			.forEach((info) -> this.lines.add("operation-change: %s %s of %d".formatted(info.operation(), info.status(),
					change.operations().size())));
	}

	@Override
	public void onAttemptStart(AttemptInfo attempt) {
		this.lines.add("attempt-start: %s %d replayed=%s children=%s".formatted(attempt.operation(), attempt.attempt(),
				attempt.replayed(), attempt.replayingChildren()));
	}

	@Override
	public void onAttemptEnd(AttemptInfo attempt) {
		this.endedAttempts.add(attempt);
		this.lines.add("attempt-end: %s %d succeeded=%s".formatted(attempt.operation(), attempt.attempt(),
				attempt.succeeded()));
	}

}
