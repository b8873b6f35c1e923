package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.durable.ExecutionId;
import dev.durable.store.CheckpointStore;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes executions whose retention has passed, a few at a time, on a thread of its own:
 * claims, heartbeats and executions never wait for it. Thread-safe.
 */
final class ExpirySweep {

	/** Bounds what one write removes. */
	private static final int BATCH = 100;

	/** Leaves the store to others when there is much to remove. */
	private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);

	/**
	 * Much longer than what was written last counts as surely there, or who writes on
	 * would not notice that it is gone.
	 */
	private static final Duration AT_LEAST_KEPT = Batch.SURELY_THERE.multipliedBy(10);

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);

	private static final Logger log = LoggerFactory.getLogger(ExpirySweep.class);

	private final CheckpointStore store;

	private final Timers timers;

	private final SerialTask sweeping;

	private Timers.@Nullable Timer timer;

	private volatile boolean on;

	ExpirySweep(Host host) {
		this.store = host.store();
		this.timers = host.timers();
		this.sweeping = new SerialTask(host.executor(), this::sweep);
	}

	void start() {
		this.on = true;
		next(pause());
	}

	synchronized void stop() {
		this.on = false;
		if (this.timer != null) {
			this.timer.cancel();
		}
	}

	private void sweep() {
		Duration pause = pause();
		try {
			if (this.on && removeSome()) {
				pause = BETWEEN_BATCHES;
			}
		}
		catch (StoreUnavailableException ex) {
			log.debug("Expired executions are removed later: the store cannot be reached", ex);
		}
		finally {
			next(pause);
		}
	}

	/** Remove what has expired here and now, until a time. */
	void removeUntil(Instant end) {
		try {
			boolean more = true;
			while (more && this.store.clock().instant().isBefore(end)) {
				more = removeSome();
			}
		}
		catch (StoreUnavailableException ex) {
			log.debug("Expired executions are removed later: the store cannot be reached", ex);
		}
	}

	/** Remove a batch; returns whether there may be more. */
	private boolean removeSome() {
		List<ExecutionId> expired = this.store.expired(this.store.clock().instant().minus(AT_LEAST_KEPT), BATCH);
		if (!expired.isEmpty()) {
			this.store.delete(expired);
		}
		return expired.size() == BATCH;
	}

	/** One timer at most, also when a sweep ends after a restart. */
	private synchronized void next(Duration pause) {
		if (this.timer != null) {
			this.timer.cancel();
		}
		if (this.on) {
			this.timer = this.timers.schedule(pause, this.sweeping::request);
		}
	}

	/** By chance, so that nodes that started together do not sweep together. */
	private static Duration pause() {
		return Duration
			.ofMillis(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()));
	}

}
