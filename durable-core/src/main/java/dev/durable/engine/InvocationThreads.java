package dev.durable.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

import dev.durable.IllegalDurableCallException;
import dev.durable.journal.JournalLostException;
import dev.durable.operation.ExecutionThreads;
import dev.durable.operation.InvocationEndedError;
import dev.durable.operation.StepScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gives the strands of one invocation their threads, and says what these may do. */
final class InvocationThreads implements ExecutionThreads {

	private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

	private static final Logger log = LoggerFactory.getLogger(InvocationThreads.class);

	/** Write-locked while strands are cancelled: none of them is recording then. */
	private final ReentrantReadWriteLock recording = new ReentrantReadWriteLock();

	private final InvocationSettings settings;

	private final Flushing flushing;

	private final Strands strands;

	private final Strand root = new Strand(this, "the function", () -> {
	});

	/**
	 * Create the threads of an invocation, of which the root thread runs.
	 * @param settings executor, bounds and guards
	 * @param flushing makes durable what a thread that blocks has recorded
	 */
	InvocationThreads(InvocationSettings settings, Flushing flushing) {
		this.settings = settings;
		this.flushing = flushing;
		this.strands = new Strands(settings.maxRunning(), settings.maxParked());
	}

	/** Make the calling thread the root strand while a task runs. */
	void runAsRoot(Runnable task) {
		runAs(this.root, task);
	}

	private static void runAs(Strand strand, Runnable task) {
		Strand former = CURRENT.get();
		CURRENT.set(strand);
		try {
			task.run();
		}
		finally {
			if (former != null) {
				CURRENT.set(former);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	@Override
	public void check(String call) {
		StepScope<?> step = StepScope.current();
		if (step != null) {
			throw new IllegalDurableCallException(("Durable call '%s' inside %s: a step runs plain code only. "
					+ "Move the call out of the step, or make the step a child context (runInChildContext).")
				.formatted(call, step.description()));
		}
		Strand current = CURRENT.get();
		if (current == null || current.owner() != this) {
			throw new IllegalStateException(
					("Durable call '%s' on thread '%s', which does not belong to this execution. "
							+ "Call it on the thread that the context was handed to; use the …Async methods to work side by side.")
						.formatted(call, Thread.currentThread().getName()));
		}
		if (ended()) {
			throw new InvocationEndedError("Durable call '%s' after the invocation ended".formatted(call));
		}
		this.settings.callGuard().accept(call);
	}

	private Strand current() {
		Strand current = CURRENT.get();
		return (current != null && current.owner() == this) ? current : this.root;
	}

	@Override
	public boolean ended() {
		return this.strands.ending() != null || current().isLeaving();
	}

	@Override
	public boolean startsAgain() {
		return current().isUnwound() && !current().isCancelled();
	}

	@Nullable Ending ending() {
		return this.strands.ending();
	}

	@Override
	public void record(Runnable recording) {
		this.recording.readLock().lock();
		try {
			if (current().isLeaving()) {
				throw new InvocationEndedError("The task was cancelled and records nothing more");
			}
			recording.run();
		}
		finally {
			this.recording.readLock().unlock();
		}
	}

	@Override
	public void await(Collection<?> keys, BooleanSupplier done) {
		Strand strand = current();
		Strand.Blocked on = this.strands.blocked(List.copyOf(keys), done);
		try {
			if (!this.strands.block(strand, on)) {
				return;
			}
		}
		finally {
			dispatch();
		}
		this.flushing.begin();
		this.strands.await(strand, on);
	}

	@Override
	public void changed(Object key) {
		this.strands.changed(key);
		dispatch();
	}

	@Override
	public Fork fork(String name, Task task) {
		Strand strand = new Strand(this, name, new DecoratedTask(task, withLogContext(task)));
		this.strands.add(strand, current());
		dispatch();
		return () -> cancel(strand);
	}

	private Runnable withLogContext(Runnable task) {
		Map<String, String> logContext = MDC.getCopyOfContextMap();
		return this.settings.decorator().apply(() -> {
			if (logContext != null) {
				MDC.setContextMap(logContext);
			}
			try {
				task.run();
			}
			finally {
				MDC.clear();
			}
		});
	}

	/**
	 * Give free permits to those who wait for one, and tell of tasks that are dropped.
	 */
	private void dispatch() {
		Strand next = this.strands.next();
		while (next != null) {
			start(next);
			next = this.strands.next();
		}
		List<Task> dropped = this.strands.takeDropped();
		if (!dropped.isEmpty()) {
			try {
				this.settings.executor().execute(() -> dropped.forEach(Task::dropped));
			}
			catch (RuntimeException | Error ex) {
				log.debug("{} dropped tasks are not told", dropped.size(), ex);
			}
		}
	}

	private void start(Strand strand) {
		try {
			this.settings.executor().execute(() -> runOnThread(strand));
		}
		catch (RuntimeException | Error ex) {
			// An error too: that is how the machine says that it has no more threads.
			end(new Ending.Crashed(new IllegalStateException("No thread could be had for " + strand.name(), ex)));
			this.strands.leave(strand);
			strand.task().dropped();
		}
	}

	private void runOnThread(Strand strand) {
		try {
			runAs(strand, () -> runOn(strand));
		}
		catch (InvocationEndedError ex) {
			log.trace("{} leaves", strand.name(), ex);
		}
		catch (Throwable ex) {
			// Whoever waits for the task would wait for ever.
			end(new Ending.Crashed(ex));
			strand.task().dropped();
		}
		finally {
			this.strands.leave(strand);
			dispatch();
		}
	}

	/** A strand that starts again must find what its former thread has recorded. */
	private void runOn(Strand strand) {
		if (strand.isAgain()) {
			this.flushing.await();
		}
		strand.task().run();
	}

	private void cancel(Strand strand) {
		this.recording.writeLock().lock();
		try {
			this.strands.cancel(strand);
		}
		finally {
			this.recording.writeLock().unlock();
		}
		dispatch();
	}

	/**
	 * End the invocation for the first reason given, and let all blocked threads leave.
	 */
	void end(Ending reason) {
		this.strands.end(reason);
		dispatch();
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
	 * Wait until all forked tasks have left.
	 * @param timeout how long
	 * @return whether they have
	 */
	boolean awaitForks(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.strands.awaitLeft(deadline - System.nanoTime());
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Return whether something that was awaited at the suspension has happened since. */
	boolean resumable() {
		return this.strands.isResumable();
	}

	/** Makes durable what has been recorded. */
	interface Flushing {

		/** Begin, without waiting: others run on meanwhile. */
		void begin();

		/** Wait until what was recorded so far is durable and known. */
		void await();

	}

	/** A task that runs with the caller's log context, and what the application adds. */
	private record DecoratedTask(Task task, Runnable decorated) implements Task {

		@Override
		public void run() {
			this.decorated.run();
		}

		@Override
		public void dropped() {
			this.task.dropped();
		}

	}

}
