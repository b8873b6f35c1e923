package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The work of an engine whose process only runs now and then, and may be frozen or gone
 * in between. Each call works as a node of its own, and nothing is left of it when it
 * returns. One call at a time.
 */
public final class OnDemandWork {

	private final Host host;

	private final Launcher idle;

	private final Dispatcher dispatcher;

	/** Where executions run that are started now. */
	private final AtomicReference<Launcher> launcher;

	private final AtomicBoolean blockedRetried = new AtomicBoolean();

	OnDemandWork(Host host, Dispatcher dispatcher) {
		this.host = host;
		this.dispatcher = dispatcher;
		this.idle = dispatcher.launcher();
		this.launcher = new AtomicReference<>(this.idle);
	}

	Launcher launcher() {
		return this.launcher.get();
	}

	void refuseIfBusy() {
		if (this.launcher.get() != this.idle) {
			throw new IllegalStateException("The engine works on demand at the moment; start it before or after that");
		}
	}

	/**
	 * Take over what others left, claim what is due or has news, and keep on until
	 * nothing can go on here, or would within 5 seconds. When a quarter of the time is
	 * left, but not sooner than the shutdown timeout before its end, nothing more is
	 * claimed; running steps may finish, the rest is suspended. At the end of the time
	 * this returns whatever steps still run: others take their executions over. Nothing
	 * carries this node's id then, and none of its threads or timers is at work.
	 * @param time how long it may take
	 * @return when to work again, earliest first: times at which what went to sleep here
	 * is due, and now if something was left. Empty if only signals can wake what went to
	 * sleep
	 * @throws dev.durable.store.StoreUnavailableException if the store cannot be reached;
	 * nothing was done
	 */
	public List<Instant> work(Duration time) {
		boolean first = !this.blockedRetried.getAndSet(true);
		return work(new Shift(this.host, first ? ShiftScope.ALL_AND_BLOCKED : ShiftScope.ALL, time), () -> {
		});
	}

	/**
	 * Run a task, and what it starts or sends news to; nothing else is looked for, so
	 * that who waits for the task's answer does not wait for others. Without any of that,
	 * the store is not asked for anything. When time is up, threads that wait for results
	 * get an {@link dev.durable.ExecutionTimeoutException}.
	 * @param time how long it may take, as for {@link #work(Duration)}
	 * @param task runs on this thread; what it throws is thrown when the work is done
	 * @return when to work again, as {@link #work(Duration)} does
	 */
	public List<Instant> workDuring(Duration time, Runnable task) {
		return work(new Shift(this.host, ShiftScope.STARTED_HERE, time), task);
	}

	/**
	 * Do as {@link #work(Duration)} does, and remove what has expired if time allows.
	 * @param time how long it may take, as for {@link #work(Duration)}
	 * @return when to work again, as {@link #work(Duration)} does
	 */
	public List<Instant> sweep(Duration time) {
		return work(new Shift(this.host, ShiftScope.ALL_AND_EXPIRED, time), () -> {
		});
	}

	private List<Instant> work(Shift shift, Runnable task) {
		if (this.dispatcher.isOn() || !this.launcher.compareAndSet(this.idle, shift.launcher())) {
			throw new IllegalStateException(
					"The engine is at work already: it was started, or works on demand in another thread");
		}
		try {
			return shift.work(task);
		}
		finally {
			this.launcher.set(this.idle);
		}
	}

}
