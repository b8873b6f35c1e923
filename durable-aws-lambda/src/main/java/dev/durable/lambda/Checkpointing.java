package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.durable.OperationType;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one invocation's updates and asks for news, one call at a time, on a thread that
 * lives no longer than the invocation: what is added while a call is in flight goes out
 * with the next one. Thread-safe.
 */
final class Checkpointing {

	private final ReentrantLock lock = new ReentrantLock();

	/** There may be something to do. */
	private final Condition changed = this.lock.newCondition();

	/** There may be nothing left to do. */
	private final Condition idle = this.lock.newCondition();

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	private final Wire wire;

	private final KnownOperations known;

	private final Duration delay;

	private final InvocationTime time;

	private final UpdateQueue queue = new UpdateQueue();

	private final UpdateBatches batches;

	private final Polls polls;

	private volatile @Nullable CheckpointWatcher watcher;

	private final Instant timeIsUpAt;

	/** Whether the watcher knows that the time is up. */
	private boolean told;

	/** Whether code runs that news could help. */
	private boolean polling;

	private boolean calling;

	private boolean settling;

	private boolean stopped;

	private @Nullable JournalLostException lost;

	/**
	 * Create what sends.
	 * @param wire the service
	 * @param known what is known of the execution
	 * @param settings how much goes into a call
	 * @param time how time passes
	 * @param timeIsUpAt when the watcher is told that the time is nearly over
	 */
	Checkpointing(Wire wire, KnownOperations known, LambdaSettings.Checkpoints settings, InvocationTime time,
			Instant timeIsUpAt) {
		this.wire = wire;
		this.known = known;
		this.delay = settings.delay();
		this.time = time;
		this.batches = new UpdateBatches(wire.writer(), settings);
		this.polls = new Polls(known, time.jitter());
		this.timeIsUpAt = timeIsUpAt;
	}

	void start(Executor executor) {
		executor.execute(this::run);
	}

	/** Look for news from now on, on behalf of code that runs. */
	void watch(CheckpointWatcher newWatcher) {
		this.watcher = newWatcher;
		locked(() -> {
			this.settling = false;
			this.polling = true;
			this.told = false;
			this.known.all().forEach((state) -> this.polls.changed(state, now()));
			return null;
		});
	}

	void add(List<OperationUpdate> updates) {
		locked(() -> {
			if (this.lost != null) {
				throw this.lost;
			}
			this.queue.add(updates, now());
			return null;
		});
	}

	/** Complete when everything added so far is durable and known. */
	CompletableFuture<Void> flush() {
		return locked(() -> {
			if (this.lost != null) {
				return CompletableFuture.failedFuture(this.lost);
			}
			CompletableFuture<Void> done = new CompletableFuture<>();
			if (this.queue.isDone()) {
				done.complete(null);
			}
			else {
				this.queue.await(done);
			}
			return done;
		});
	}

	/**
	 * Wait until everything added is durable and no call is in flight; none follows until
	 * somebody adds something or watches again.
	 * @throws JournalLostException if not everything can become durable
	 */
	void settle() {
		locked(() -> {
			this.polling = false;
			this.settling = true;
			this.changed.signalAll();
			while (this.lost == null && (this.calling || !this.queue.isDone())) {
				this.idle.awaitUninterruptibly();
			}
			if (this.lost != null) {
				throw this.lost;
			}
			return null;
		});
	}

	/** Stop, and wait until the thread has left; what was not sent is not sent. */
	void stop() {
		locked(() -> this.stopped = true);
		this.left.join();
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			T result = action.get();
			this.changed.signalAll();
			return result;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Instant now() {
		return this.time.clock().instant();
	}

	private void run() {
		try {
			Task task = next();
			while (task != Task.STOP) {
				perform(task);
				task = next();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			lose(ex);
		}
		catch (Throwable ex) {
			lose(ex);
		}
		finally {
			this.left.complete(null);
		}
	}

	private Task next() throws InterruptedException {
		this.lock.lock();
		try {
			this.calling = false;
			this.idle.signalAll();
			while (true) {
				Instant now = now();
				Instant at = wakeAt(now);
				if (this.stopped) {
					return Task.STOP;
				}
				if (at == null) {
					this.changed.await();
				}
				else if (at.isAfter(now)) {
					this.time.pause().await(this.lock, this.changed, at);
				}
				else {
					return due(now);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** When the next thing is to be done, or null. */
	private @Nullable Instant wakeAt(Instant now) {
		Instant news = this.polling ? earlier(this.polls.next(), this.told ? null : this.timeIsUpAt) : null;
		if (this.queue.isDone()) {
			return news;
		}
		boolean urgent = this.settling || this.queue.isAwaited();
		return urgent ? now : earlier(this.queue.oldest().plus(this.delay), news);
	}

	private static @Nullable Instant earlier(@Nullable Instant left, @Nullable Instant right) {
		if (left == null || right == null) {
			return (left != null) ? left : right;
		}
		return left.isBefore(right) ? left : right;
	}

	private Task due(Instant now) {
		if (this.polling && !this.told && !this.timeIsUpAt.isAfter(now)) {
			this.told = true;
			return Task.TELL_TIME;
		}
		this.calling = true;
		// Any answer tells what is news, so what is due counts as asked for.
		this.polls.polled(now);
		return this.queue.isDone() ? Task.POLL : Task.SEND;
	}

	private void perform(Task task) {
		CheckpointWatcher current = this.watcher;
		if (task == Task.TELL_TIME) {
			if (current != null) {
				current.timeIsUp();
			}
			return;
		}
		// Written without the lock: that may encrypt, or put a payload elsewhere.
		List<ObjectNode> updates = (task == Task.SEND) ? this.batches.next(() -> locked(this.queue::poll)) : List.of();
		this.wire.calls().checkpoint(updates).forEach((operation) -> take(operation, current));
		List<CompletableFuture<Void>> done = locked(() -> this.queue.completed(updates.size()));
		done.forEach((flush) -> flush.complete(null));
	}

	private void take(JsonNode operation, @Nullable CheckpointWatcher current) {
		if (OperationReader.type(operation) == OperationType.EXECUTION) {
			return;
		}
		OperationState state = this.wire.reader().read(operation);
		if (this.known.put(state)) {
			locked(() -> {
				this.polls.changed(state, now());
				return null;
			});
			if (current != null) {
				current.changed(state);
			}
		}
	}

	private void lose(Throwable failure) {
		JournalLostException reason = (failure instanceof JournalLostException own) ? own
				: new JournalLostException(Reason.UNAVAILABLE, "A checkpoint did not succeed: " + failure, failure);
		List<CompletableFuture<Void>> waiting = new ArrayList<>();
		locked(() -> {
			this.lost = reason;
			this.idle.signalAll();
			return waiting.addAll(this.queue.abandoned());
		});
		waiting.forEach((flush) -> flush.completeExceptionally(reason));
		CheckpointWatcher current = this.watcher;
		if (current != null) {
			current.lost(reason);
		}
	}

	private enum Task {

		SEND, POLL, TELL_TIME, STOP

	}

	/**
	 * The service, and how things are said to it.
	 *
	 * @param calls calls it
	 * @param writer writes updates
	 * @param reader reads operations
	 */
	record Wire(CheckpointCalls calls, UpdateWriter writer, OperationReader reader) {

	}

}
