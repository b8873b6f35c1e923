package dev.durable.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.durable.operation.ExecutionThreads.Fork;

/**
 * Strands that fork, wait, record and cancel at random, and the news that they wait for.
 * A task does the same whenever it begins again. Notes what must never happen.
 */
final class RandomProgram {

	private static final int MOVES = 6;

	private static final int DEPTH = 3;

	private final List<Happening> news = IntStream.range(0, 12).mapToObj((number) -> new Happening()).toList();

	private final AtomicInteger active = new AtomicInteger();

	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private final InvocationThreads threads;

	private final int maxRunning;

	RandomProgram(InvocationThreads threads, int maxRunning) {
		this.threads = threads;
		this.maxRunning = maxRunning;
	}

	/** What must never happen, but did. */
	List<String> wrong() {
		return List.copyOf(this.wrong);
	}

	/** Let everything that is waited for happen, in an order that the seed decides. */
	void tellNews(long seed) {
		Random random = new Random(seed);
		List<Happening> left = new ArrayList<>(this.news);
		while (!left.isEmpty()) {
			Happening next = left.remove(random.nextInt(left.size()));
			next.happens();
			this.threads.changed(next);
			if (random.nextBoolean()) {
				Thread.yield();
			}
		}
	}

	/** What the root does; it never waits. */
	void runRoot(long seed) {
		Random random = new Random(seed);
		List<Task> forks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			forks.add(new Task(null, random.nextLong(), 0).fork());
			if (random.nextInt(3) == 0) {
				forks.get(random.nextInt(forks.size())).cancel();
			}
		}
	}

	private final class Task implements Runnable {

		private final Task parent;

		private final long seed;

		private final int depth;

		private volatile Fork fork;

		private volatile boolean active;

		private volatile boolean ended;

		private volatile boolean cancelled;

		Task(Task parent, long seed, int depth) {
			this.parent = parent;
			this.seed = seed;
			this.depth = depth;
		}

		Task fork() {
			this.fork = RandomProgram.this.threads.fork("task", this::run);
			return this;
		}

		void cancel() {
			this.fork.cancel();
			// What an ended one has forked belongs to its parent.
			this.cancelled = !this.ended;
		}

		private boolean isCancelled() {
			return this.cancelled || (this.parent != null && this.parent.isCancelled());
		}

		@Override
		public void run() {
			enter();
			try {
				Random random = new Random(this.seed);
				List<Task> forks = new ArrayList<>();
				for (int move = 0; move < MOVES; move++) {
					move(random.nextInt(4), random, forks);
				}
				this.ended = true;
			}
			finally {
				exit();
			}
		}

		private void move(int move, Random random, List<Task> forks) {
			Happening happening = RandomProgram.this.news.get(random.nextInt(RandomProgram.this.news.size()));
			long childSeed = random.nextLong();
			if (move == 0) {
				exit();
				RandomProgram.this.threads.await(happening, happening::hasHappened);
				enter();
			}
			else if (move == 1) {
				RandomProgram.this.threads.record(this::checkMayRecord);
			}
			else if (move == 2 && this.depth < DEPTH) {
				forks.add(new Task(this, childSeed, this.depth + 1).fork());
			}
			else if (!forks.isEmpty() && childSeed % 4 == 0) {
				forks.get(random.nextInt(forks.size())).cancel();
			}
		}

		private void checkMayRecord() {
			if (isCancelled()) {
				RandomProgram.this.wrong.add("a cancelled strand recorded something");
			}
		}

		private void enter() {
			this.active = true;
			int now = RandomProgram.this.active.incrementAndGet();
			if (now > RandomProgram.this.maxRunning) {
				RandomProgram.this.wrong.add("%d ran at once".formatted(now));
			}
		}

		private void exit() {
			if (this.active) {
				this.active = false;
				RandomProgram.this.active.decrementAndGet();
			}
		}

	}

}
