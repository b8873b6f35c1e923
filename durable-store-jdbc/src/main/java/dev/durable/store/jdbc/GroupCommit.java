package dev.durable.store.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets whatever arrives while a write is in flight go out together as the next one.
 * <p>
 * When nothing is in flight the submitting thread writes by itself, at once. When it is
 * done it hands what has queued up meanwhile to a successor and returns. Knows no
 * database. Thread-safe.
 *
 * @param <T> what is written
 */
final class GroupCommit<T extends GroupCommit.Item> {

	private final Limits limits;

	private final Consumer<List<T>> writer;

	private final Executor successor;

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<T> queue = new ArrayDeque<>();

	private boolean writing;

	/**
	 * Create it.
	 * @param limits how large a group may be
	 * @param writer writes one group and tells each of its items how that went; never
	 * called by two threads at once
	 * @param successor runs the writer for groups that had to queue
	 */
	GroupCommit(Limits limits, Consumer<List<T>> writer, Executor successor) {
		this.limits = limits;
		this.writer = writer;
		this.successor = successor;
	}

	/**
	 * Write an item now, or with the next group.
	 * @param item the item; it is told how its write went
	 */
	void submit(T item) {
		this.lock.lock();
		try {
			if (this.writing) {
				this.queue.add(item);
				return;
			}
			this.writing = true;
		}
		finally {
			this.lock.unlock();
		}
		write(List.of(item));
	}

	/** Leave it to somebody else to write everything, even when nothing is in flight. */
	void submitToSuccessor(T item) {
		this.lock.lock();
		try {
			this.queue.add(item);
			if (this.writing) {
				return;
			}
			this.writing = true;
		}
		finally {
			this.lock.unlock();
		}
		handOn();
	}

	private void write(List<T> group) {
		try {
			this.writer.accept(group);
		}
		catch (Throwable ex) {
			group.forEach((item) -> item.abandon(ex));
			throw ex;
		}
		finally {
			handOn();
		}
	}

	private void handOn() {
		this.lock.lock();
		try {
			if (this.queue.isEmpty()) {
				this.writing = false;
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		try {
			this.successor.execute(() -> write(nextGroup()));
		}
		catch (Throwable ex) {
			abandonQueue(ex);
		}
	}

	private List<T> nextGroup() {
		List<T> group = new ArrayList<>();
		Set<Object> owners = new HashSet<>();
		int rows = 0;
		long bytes = 0;
		this.lock.lock();
		try {
			Iterator<T> waiting = this.queue.iterator();
			while (waiting.hasNext()) {
				T item = waiting.next();
				if (owners.contains(item.owner())) {
					continue; // it depends on the first one of its owner
				}
				rows += item.rows();
				bytes += item.bytes();
				if (!group.isEmpty() && (rows > this.limits.rows() || bytes > this.limits.bytes())) {
					break;
				}
				owners.add(item.owner());
				group.add(item);
				waiting.remove();
			}
		}
		finally {
			this.lock.unlock();
		}
		return group;
	}

	private void abandonQueue(Throwable reason) {
		List<T> abandoned;
		this.lock.lock();
		try {
			abandoned = List.copyOf(this.queue);
			this.queue.clear();
			this.writing = false;
		}
		finally {
			this.lock.unlock();
		}
		abandoned.forEach((item) -> item.abandon(reason));
	}

	/** What is written. */
	interface Item {

		/**
		 * Return whose it is; no two items of one owner are in one group.
		 * @return the owner, with a meaningful equality
		 */
		Object owner();

		/**
		 * Return how many rows it has.
		 * @return from 1
		 */
		int rows();

		/**
		 * Return how many bytes it has.
		 * @return about as many as are sent
		 */
		long bytes();

		/**
		 * Take note that nobody knows how the write went, unless it is known already.
		 * @param reason why
		 */
		void abandon(Throwable reason);

	}

	/**
	 * How large a group may be; a single item may be larger.
	 *
	 * @param rows rows at most, from 1
	 * @param bytes bytes at most, from 1
	 */
	record Limits(int rows, long bytes) {

	}

}
