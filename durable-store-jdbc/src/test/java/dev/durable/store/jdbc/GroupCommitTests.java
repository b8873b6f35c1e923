package dev.durable.store.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Schedules are played by hand: a write submits, the successor's tasks run when told. */
class GroupCommitTests {

	private final List<List<Entry>> written = new ArrayList<>();

	private final Queue<Runnable> handedOn = new ArrayDeque<>();

	private Consumer<List<Entry>> during = (group) -> {
	};

	private final GroupCommit<Entry> commits = commits(new GroupCommit.Limits(5, 100));

	@Test
	void submitWhenNothingIsInFlightWritesOnTheCallingThread() {
		Entry entry = new Entry("a");
		this.commits.submit(entry);
		assertThat(this.written).containsExactly(List.of(entry));
		assertThat(this.handedOn).isEmpty();
	}

	@Test
	void submitWhenAWriteIsInFlightGoesOutInOneGroupAfterwards() {
		List<Entry> followers = List.of(new Entry("b"), new Entry("c"), new Entry("d"));
		during((group) -> followers.forEach(this.commits::submit));
		Entry leader = new Entry("a");
		this.commits.submit(leader);
		assertThat(this.written).containsExactly(List.of(leader));
		assertThat(this.handedOn).hasSize(1);
		runHandedOn();
		assertThat(this.written).containsExactly(List.of(leader), followers);
	}

	@Test
	void submitWhenTheQueueIsHandedOnQueuesUntilItIsEmpty() {
		Entry second = new Entry("b");
		Entry third = new Entry("c");
		during((group) -> this.commits.submit(second));
		this.commits.submit(new Entry("a"));
		during((group) -> this.commits.submit(third));
		runHandedOn();
		assertThat(this.written).hasSize(3).last().isEqualTo(List.of(third));
		Entry fourth = new Entry("d");
		this.commits.submit(fourth);
		assertThat(this.written).hasSize(4).last().isEqualTo(List.of(fourth));
	}

	@Test
	void groupWhenItHasTooManyRowsIsCut() {
		List<Entry> followers = List.of(new Entry("b", 3, 1), new Entry("c", 2, 1), new Entry("d", 1, 1));
		during((group) -> followers.forEach(this.commits::submit));
		this.commits.submit(new Entry("a"));
		runHandedOn();
		assertThat(this.written.subList(1, 3)).containsExactly(followers.subList(0, 2), followers.subList(2, 3));
	}

	@Test
	void groupWhenItHasTooManyBytesIsCut() {
		List<Entry> followers = List.of(new Entry("b", 1, 60), new Entry("c", 1, 60), new Entry("d", 1, 40));
		during((group) -> followers.forEach(this.commits::submit));
		this.commits.submit(new Entry("a"));
		runHandedOn();
		assertThat(this.written.subList(1, 3)).containsExactly(followers.subList(0, 1), followers.subList(1, 3));
	}

	@Test
	void groupWhenOneItemAloneIsTooLargeIsThatItem() {
		List<Entry> followers = List.of(new Entry("b", 1000, 1000), new Entry("c"));
		during((group) -> followers.forEach(this.commits::submit));
		this.commits.submit(new Entry("a"));
		runHandedOn();
		assertThat(this.written.subList(1, 3)).containsExactly(followers.subList(0, 1), followers.subList(1, 2));
	}

	@Test
	void groupWhenOneOwnerHasTwoItemsTakesThemOneAfterTheOther() {
		List<Entry> followers = List.of(new Entry("b"), new Entry("b"), new Entry("c"), new Entry("b"));
		during((group) -> followers.forEach(this.commits::submit));
		this.commits.submit(new Entry("a"));
		runHandedOn();
		assertThat(this.written.subList(1, 4)).containsExactly(List.of(followers.get(0), followers.get(2)),
				List.of(followers.get(1)), List.of(followers.get(3)));
	}

	@Test
	void writerWhenAnErrorKillsItAbandonsItsGroupAndHandsOn() {
		Entry follower = new Entry("b");
		during((group) -> {
			this.commits.submit(follower);
			throw new OutOfMemoryError("for the test");
		});
		Entry leader = new Entry("a");
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.commits.submit(leader));
		assertThat(leader.abandoned).isInstanceOf(OutOfMemoryError.class);
		assertThat(follower.abandoned).isNull();
		runHandedOn();
		assertThat(this.written).containsExactly(List.of(leader), List.of(follower));
	}

	@Test
	void writerWhenAnErrorKillsItAmongFollowersAbandonsThemAndGoesOn() {
		List<Entry> followers = List.of(new Entry("b"), new Entry("c"));
		Entry last = new Entry("d");
		during((group) -> followers.forEach(this.commits::submit));
		this.commits.submit(new Entry("a"));
		during((group) -> {
			this.commits.submit(last);
			throw new IllegalStateException("for the test");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::runHandedOn);
		assertThat(followers).allSatisfy((entry) -> assertThat(entry.abandoned).isNotNull());
		runHandedOn();
		assertThat(this.written).last().isEqualTo(List.of(last));
	}

	@Test
	void submitWhenThereIsNoSuccessorAbandonsTheQueueOnly() {
		GroupCommit<Entry> alone = new GroupCommit<>(new GroupCommit.Limits(5, 100), this::write, (task) -> {
			throw new RejectedExecutionException("for the test");
		});
		Entry follower = new Entry("b");
		during((group) -> alone.submit(follower));
		Entry leader = new Entry("a");
		alone.submit(leader);
		assertThat(leader.abandoned).isNull();
		assertThat(follower.abandoned).isInstanceOf(RejectedExecutionException.class);
		Entry next = new Entry("c");
		alone.submit(next);
		assertThat(this.written).containsExactly(List.of(leader), List.of(next));
	}

	@Test
	void submitToSuccessorWhenNothingIsInFlightDoesNotWriteItself() {
		Entry entry = new Entry("a");
		this.commits.submitToSuccessor(entry);
		assertThat(this.written).isEmpty();
		runHandedOn();
		assertThat(this.written).containsExactly(List.of(entry));
	}

	private GroupCommit<Entry> commits(GroupCommit.Limits limits) {
		return new GroupCommit<>(limits, this::write, this.handedOn::add);
	}

	private void write(List<Entry> group) {
		this.written.add(group);
		Consumer<List<Entry>> once = this.during;
		this.during = (next) -> {
		};
		once.accept(group);
	}

	private void during(Consumer<List<Entry>> nextWrite) {
		this.during = nextWrite;
	}

	private void runHandedOn() {
		for (Runnable task = this.handedOn.poll(); task != null; task = this.handedOn.poll()) {
			task.run();
		}
	}

	private static final class Entry implements GroupCommit.Item {

		private final String owner;

		private final int rows;

		private final long bytes;

		private @Nullable Throwable abandoned;

		Entry(String owner) {
			this(owner, 1, 1);
		}

		Entry(String owner, int rows, long bytes) {
			this.owner = owner;
			this.rows = rows;
			this.bytes = bytes;
		}

		@Override
		public Object owner() {
			return this.owner;
		}

		@Override
		public int rows() {
			return this.rows;
		}

		@Override
		public long bytes() {
			return this.bytes;
		}

		@Override
		public void abandon(Throwable reason) {
			this.abandoned = reason;
		}

	}

}
