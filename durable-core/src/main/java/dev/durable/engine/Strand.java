package dev.durable.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

import dev.durable.operation.ExecutionThreads.Task;
import org.jspecify.annotations.Nullable;

/**
 * One line of code of an invocation: the function itself, or a forked task. What changes
 * belongs to the lock of {@link Strands}.
 */
final class Strand {

	private final InvocationThreads owner;

	private final String name;

	private final Task task;

	private final Set<Strand> children = new LinkedHashSet<>();

	private @Nullable Strand parent;

	/** What it is blocked for, or null. */
	private @Nullable Blocked blocked;

	private boolean onThread;

	/** It waits for a permit; what the queue holds besides was cancelled there. */
	private boolean queued;

	private boolean permitted;

	/** It has left its thread, or is leaving it, and starts again when it can go on. */
	private boolean unwound;

	private volatile boolean again;

	private boolean cancelled;

	private boolean ended;

	/** What its thread still does does not count: volatile, as it is read unlocked. */
	private volatile boolean leaving;

	Strand(InvocationThreads owner, String name, Task task) {
		this.owner = owner;
		this.name = name;
		this.task = task;
	}

	/** Become the fork of another strand; without this it is a root. */
	void adopt(Strand parent) {
		this.parent = parent;
		parent.children.add(this);
	}

	InvocationThreads owner() {
		return this.owner;
	}

	boolean isRoot() {
		return this.parent == null;
	}

	boolean isLeaf() {
		return this.children.isEmpty();
	}

	Collection<Strand> children() {
		return Set.copyOf(this.children);
	}

	String name() {
		return this.name;
	}

	Task task() {
		return this.task;
	}

	@Nullable Blocked blocked() {
		return this.blocked;
	}

	void block(@Nullable Blocked on) {
		this.blocked = on;
	}

	boolean isOnThread() {
		return this.onThread;
	}

	void setOnThread(boolean onThread) {
		this.onThread = onThread;
	}

	boolean isQueued() {
		return this.queued;
	}

	void setQueued(boolean queued) {
		this.queued = queued;
	}

	boolean isPermitted() {
		return this.permitted;
	}

	void setPermitted(boolean permitted) {
		this.permitted = permitted;
	}

	boolean isUnwound() {
		return this.unwound;
	}

	void unwind() {
		this.unwound = true;
		this.leaving = true;
	}

	/** Begin again on another thread. */
	void rewind() {
		this.unwound = false;
		this.again = true;
		this.leaving = false;
	}

	/** Return whether it has left a thread before. */
	boolean isAgain() {
		return this.again;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	void cancel() {
		this.cancelled = true;
		this.leaving = true;
	}

	boolean isLeaving() {
		return this.leaving;
	}

	boolean isEnded() {
		return this.ended;
	}

	/** Its own forks belong to its parent from now on, so that they can be cancelled. */
	void end() {
		this.ended = true;
		Strand heir = this.parent;
		if (heir != null) {
			heir.children.remove(this);
			for (Strand child : this.children) {
				child.parent = heir;
				heir.children.add(child);
			}
		}
		this.children.clear();
	}

	/**
	 * What a strand is blocked for.
	 *
	 * @param keys what it hears of
	 * @param done whether it can go on
	 * @param wakeUp wakes its thread
	 */
	record Blocked(Collection<?> keys, BooleanSupplier done, Condition wakeUp) {

	}

}
