package dev.durable.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.store.Append;
import dev.durable.store.StoreUnavailableException;

/**
 * Writes the appends of all executions of a node, grouped, in two lanes.
 * <p>
 * The fast lane waits for locks only briefly. An append that meets a lock there goes on
 * alone in the slow lane, where it may wait as long as the settings allow, so that one
 * blocked row does not stall the other executions. Thread-safe.
 */
final class JournalWriter {

	private static final GroupCommit.Limits GROUP = new GroupCommit.Limits(500, 4 << 20);

	private static final GroupCommit.Limits ALONE = new GroupCommit.Limits(1, 1);

	private static final Duration GROUP_PATIENCE = Duration.ofMillis(200);

	private static final Duration NO_PATIENCE = Duration.ofMillis(20);

	private final Database database;

	private final ThreadPoolExecutor threads = threads();

	private final WriterSession fastSession;

	private final WriterSession slowSession;

	private final GroupCommit<PendingAppend> fast;

	private final GroupCommit<PendingAppend> slow;

	JournalWriter(Database database) {
		this.database = database;
		this.fastSession = new WriterSession(database);
		this.slowSession = new WriterSession(database);
		this.fast = new GroupCommit<>(GROUP, (group) -> Interrupts.run(() -> writeTogether(group)), this.threads);
		this.slow = new GroupCommit<>(ALONE, (alone) -> Interrupts.run(() -> writePatiently(alone.get(0))),
				this.threads);
	}

	CompletionStage<Void> append(Append append) {
		PendingAppend pending = new PendingAppend(append);
		if (this.threads.isShutdown()) {
			pending.unknown(new IllegalStateException("The store is closed"));
		}
		else {
			this.fast.submit(pending);
		}
		return pending.outcome();
	}

	/** Stop; what is being written by the store's threads is waited for. */
	void close() {
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(lockTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Interrupts.run(() -> {
			this.fastSession.close();
			this.slowSession.close();
		});
	}

	private void writeTogether(List<PendingAppend> group) {
		try {
			this.fastSession.write(group.stream().map(PendingAppend::append).toList(), shorter(GROUP_PATIENCE));
			group.forEach(PendingAppend::succeed);
		}
		catch (SQLException ex) {
			if (group.size() == 1) {
				settle(group.get(0), ex);
				return;
			}
			if (!errors().isRefusal(ex)) {
				group.forEach(PendingAppend::perhapsWritten);
			}
			writeOneByOne(group);
		}
		catch (StoreUnavailableException ex) {
			group.forEach((pending) -> pending.unknown(ex));
		}
	}

	/** Send each append of a failed group by itself, so that each has its own outcome. */
	private void writeOneByOne(List<PendingAppend> group) {
		for (PendingAppend pending : group) {
			try {
				this.fastSession.write(List.of(pending.append()), shorter(NO_PATIENCE));
				pending.succeed();
			}
			catch (SQLException ex) {
				settle(pending, ex);
			}
			catch (StoreUnavailableException ex) {
				group.forEach((unsettled) -> unsettled.unknown(ex));
				return;
			}
		}
	}

	private void settle(PendingAppend pending, SQLException ex) {
		if (errors().isLocked(ex)) {
			this.slow.submitToSuccessor(pending);
		}
		else if (errors().isConflict(ex)) {
			pending.refuse(ex);
		}
		else {
			pending.unknown(ex);
		}
	}

	private void writePatiently(PendingAppend pending) {
		Duration left = lockTimeout().minusNanos(pending.waited());
		try {
			this.slowSession.write(List.of(pending.append()), (left.compareTo(NO_PATIENCE) > 0) ? left : NO_PATIENCE);
			pending.succeed();
		}
		catch (SQLException ex) {
			if (errors().isConflict(ex)) {
				pending.refuse(ex);
			}
			else {
				pending.unknown(ex);
			}
		}
		catch (StoreUnavailableException ex) {
			pending.unknown(ex);
		}
		finally {
			this.slowSession.close(); // seldom needed
		}
	}

	private SqlDialect.Errors errors() {
		return this.database.dialect().errors();
	}

	private Duration lockTimeout() {
		return this.database.settings().lockTimeout();
	}

	private Duration shorter(Duration patience) {
		return (patience.compareTo(lockTimeout()) < 0) ? patience : lockTimeout();
	}

	/** One daemon thread for each lane, started when first needed. */
	private static ThreadPoolExecutor threads() {
		AtomicInteger count = new AtomicInteger();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(2, 2, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "durable-journal-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

}
