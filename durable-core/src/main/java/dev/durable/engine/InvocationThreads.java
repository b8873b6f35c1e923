package dev.durable.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.durable.IllegalDurableCallException;
import dev.durable.journal.JournalLostException;
import dev.durable.operation.ExecutionThreads;
import dev.durable.operation.InvocationEndedError;
import dev.durable.operation.StepScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Counts the threads of one invocation and ends it when all of them are blocked.
 * <p>
 * A thread that is let go is counted as running by the thread that lets it go: otherwise
 * the invocation could look blocked between the two.
 */
final class InvocationThreads implements ExecutionThreads {

	private static final ThreadLocal<InvocationThreads> MEMBERSHIP = new ThreadLocal<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition branchEnded = this.lock.newCondition();

	private final Map<Object, List<Waiter>> waiters = new HashMap<>();

	private final List<BooleanSupplier> awaitedAtSuspension = new ArrayList<>();

	private final Executor executor;

	private final UnaryOperator<Runnable> decorator;

	private final Consumer<String> callGuard;

	private final Runnable beforeBlocking;

	private int running = 1;

	private int branches;

	private volatile @Nullable Ending ending;

	/**
	 * Create the threads of an invocation, of which the root thread runs.
	 * @param executor runs branches
	 * @param decorator wraps their tasks on the thread that starts them
	 * @param callGuard refuses durable calls at a bad moment
	 * @param beforeBlocking called when a thread blocks while others run on: what it has
	 * recorded must not wait for them
	 */
	InvocationThreads(Executor executor, UnaryOperator<Runnable> decorator, Consumer<String> callGuard,
			Runnable beforeBlocking) {
		this.executor = executor;
		this.decorator = decorator;
		this.callGuard = callGuard;
		this.beforeBlocking = beforeBlocking;
	}

	/** Make the calling thread a member while a task runs. */
	void runAsMember(Runnable task) {
		InvocationThreads former = MEMBERSHIP.get();
		MEMBERSHIP.set(this);
		try {
			task.run();
		}
		finally {
			if (former != null) {
				MEMBERSHIP.set(former);
			}
			else {
				MEMBERSHIP.remove();
			}
		}
	}

	@Override
	public void check(String call) {
		StepScope step = StepScope.current();
		if (step != null) {
			throw new IllegalDurableCallException(("Durable call '%s' inside %s: a step runs plain code only. "
					+ "Move the call out of the step, or make the step a child context (runInChildContext).")
				.formatted(call, step.description()));
		}
		if (MEMBERSHIP.get() != this) {
			throw new IllegalStateException(
					("Durable call '%s' on thread '%s', which does not belong to this execution. "
							+ "Call it on the thread that the context was handed to; use the …Async methods to work side by side.")
						.formatted(call, Thread.currentThread().getName()));
		}
		if (ended()) {
			throw new InvocationEndedError("Durable call '%s' after the invocation ended".formatted(call));
		}
		this.callGuard.accept(call);
	}

	@Override
	public boolean ended() {
		return this.ending != null;
	}

	@Nullable Ending ending() {
		return this.ending;
	}

	@Override
	public void await(Object key, BooleanSupplier done) {
		Waiter waiter = new Waiter(done, this.lock.newCondition());
		if (!block(key, waiter)) {
			return;
		}
		this.beforeBlocking.run();
		this.lock.lock();
		try {
			while (!waiter.released) {
				waiter.condition.awaitUninterruptibly();
			}
			if (!done.getAsBoolean()) {
				throw endedWhileBlocked();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return whether the thread must wait, and others run on. */
	private boolean block(Object key, Waiter waiter) {
		this.lock.lock();
		try {
			if (waiter.done.getAsBoolean()) {
				return false;
			}
			if (this.ending != null) {
				throw endedWhileBlocked();
			}
			this.waiters.computeIfAbsent(key, (any) -> new ArrayList<>()).add(waiter);
			this.running--;
			if (this.running > 0) {
				return true;
			}
			this.waiters.values().forEach((list) -> list.forEach((each) -> this.awaitedAtSuspension.add(each.done)));
			end(new Ending.Suspended());
			throw endedWhileBlocked();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static InvocationEndedError endedWhileBlocked() {
		return new InvocationEndedError("The invocation ended while this thread was waiting");
	}

	@Override
	public void changed(Object key) {
		this.lock.lock();
		try {
			List<Waiter> list = this.waiters.get(key);
			if (list == null || this.ending != null) {
				return;
			}
			for (Iterator<Waiter> iterator = list.iterator(); iterator.hasNext();) {
				Waiter waiter = iterator.next();
				if (waiter.done.getAsBoolean()) {
					iterator.remove();
					release(waiter);
				}
			}
			if (list.isEmpty()) {
				this.waiters.remove(key);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void release(Waiter waiter) {
		waiter.released = true;
		this.running++;
		waiter.condition.signal();
	}

	@Override
	public void fork(String name, Runnable task) {
		this.lock.lock();
		try {
			this.running++;
			this.branches++;
		}
		finally {
			this.lock.unlock();
		}
		Map<String, String> logContext = MDC.getCopyOfContextMap();
		Runnable decorated = this.decorator.apply(() -> {
			if (logContext != null) {
				MDC.setContextMap(logContext);
			}
			try {
				runAsMember(task);
			}
			finally {
				MDC.clear();
			}
		});
		try {
			this.executor.execute(() -> {
				try {
					decorated.run();
				}
				finally {
					branchEnded();
				}
			});
		}
		catch (RuntimeException ex) {
			branchEnded();
			throw crashed(new IllegalStateException("No thread could be had for %s".formatted(name), ex));
		}
	}

	private void branchEnded() {
		this.lock.lock();
		try {
			this.running--;
			this.branches--;
			if (this.running == 0 && this.ending == null) {
				this.waiters.values()
					.forEach((list) -> list.forEach((each) -> this.awaitedAtSuspension.add(each.done)));
				end(new Ending.Suspended());
			}
			this.branchEnded.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the invocation for the first reason given, and let all blocked threads leave.
	 */
	void end(Ending reason) {
		this.lock.lock();
		try {
			if (this.ending == null) {
				this.ending = reason;
			}
			this.waiters.values().forEach((list) -> list.forEach(this::release));
			this.waiters.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public InvocationEndedError lost(JournalLostException cause) {
		end(new Ending.Lost(cause));
		return new InvocationEndedError("The invocation lost its journal: " + cause.getMessage());
	}

	@Override
	public InvocationEndedError crashed(Throwable cause) {
		end(new Ending.Crashed(cause));
		return new InvocationEndedError("The invocation cannot go on: " + cause);
	}

	/**
	 * Wait until all branches have left.
	 * @param timeout how long
	 * @return whether they have
	 */
	boolean awaitBranches(Duration timeout) {
		long remaining = timeout.toNanos();
		boolean interrupted = false;
		this.lock.lock();
		try {
			while (this.branches > 0 && remaining > 0) {
				try {
					remaining = this.branchEnded.awaitNanos(remaining);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			return this.branches == 0;
		}
		finally {
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Return whether something that was awaited at the suspension has happened since. */
	boolean resumable() {
		return this.awaitedAtSuspension.stream().anyMatch(BooleanSupplier::getAsBoolean);
	}

	/** A blocked thread; its fields belong to the lock. */
	private static final class Waiter {

		private final BooleanSupplier done;

		private final Condition condition;

		private boolean released;

		Waiter(BooleanSupplier done, Condition condition) {
			this.done = done;
			this.condition = condition;
		}

	}

}
