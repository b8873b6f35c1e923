package dev.durable.engine;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.operation.ExecutionThreads.Fork;
import dev.durable.operation.ExecutionThreads.Task;
import dev.durable.operation.InvocationEndedError;

import static org.assertj.core.api.Assertions.assertThat;

/** A strand that does what the test tells it, one thing after the other. */
final class Actor implements Task {

	private final Stage stage;

	private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

	private final Semaphore begun = new Semaphore(0);

	private final AtomicInteger drops = new AtomicInteger();

	private volatile Thread thread;

	private volatile int lives;

	private volatile Fork fork;

	Actor(Stage stage) {
		this.stage = stage;
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		this.lives++;
		this.begun.release();
		Order order = Within.taken(this.orders);
		while (order.what() != null) {
			try {
				order.what().run();
				order.done().complete(null);
			}
			catch (InvocationEndedError ex) {
				order.done().completeExceptionally(ex);
				throw ex;
			}
			catch (Throwable ex) {
				order.done().completeExceptionally(ex);
			}
			order = Within.taken(this.orders);
		}
	}

	@Override
	public void dropped() {
		this.drops.incrementAndGet();
	}

	/** Let the strand do something, without waiting for it. */
	CompletableFuture<Void> tell(Runnable what) {
		Order order = new Order(what, new CompletableFuture<>());
		this.orders.add(order);
		return order.done();
	}

	/** Let the strand do something and wait until it has. */
	void does(Runnable what) {
		assertThat(Within.outcome(tell(what))).isNull();
	}

	/** Let the strand do something that is refused because it must leave. */
	void isRefused(Runnable what) {
		assertThat(Within.outcome(tell(what))).isInstanceOf(InvocationEndedError.class);
	}

	/** Fork another strand, which gets a thread when it may run. */
	Actor forks() {
		Actor child = new Actor(this.stage);
		does(() -> child.fork = this.stage.threads().fork("fork", child));
		return child;
	}

	/** Wait until the strand's task has begun, or begun again. */
	Actor awaitBegun() {
		Within.acquired(this.begun, "the task begins");
		return this;
	}

	/** Let the strand wait for something, and wait until it does. */
	CompletableFuture<Void> blocksOn(Happening... happenings) {
		CompletableFuture<Void> passed = tell(() -> this.stage.threads()
			.await(Set.of(happenings), () -> Set.of(happenings).stream().anyMatch(Happening::hasHappened)));
		Within.acquired(this.stage.flushing().begun, "the strand has blocked");
		return passed;
	}

	/** Let the strand wait for something, which unwinds it. */
	void leavesWaitingFor(Happening happening) {
		assertThat(Within.outcome(blocksOn(happening))).isInstanceOf(InvocationEndedError.class);
		Within.left(this.thread);
	}

	void cancels(Actor other) {
		does(() -> other.fork.cancel());
	}

	CompletableFuture<Void> beginsToCancel(Actor other) {
		return tell(() -> other.fork.cancel());
	}

	/** Let the task end. */
	void leaves() {
		this.orders.add(new Order(null, new CompletableFuture<>()));
		Within.left(this.thread);
	}

	Thread thread() {
		return this.thread;
	}

	int lives() {
		return this.lives;
	}

	boolean wasDropped() {
		return this.drops.get() > 0;
	}

	private record Order(Runnable what, CompletableFuture<Void> done) {

	}

}
