package dev.durable.embedded;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionRow;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds executions to work on: due ones, signalled ones, and those of nodes that are
 * gone.
 */
final class Dispatcher implements Launcher.Work {

	/** Heartbeats between two clean-ups of nodes and signals. */
	private static final int CLEAN_UP_EVERY = 30;

	private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

	private final Host host;

	private final CheckpointStore store;

	private final RunningExecutions running;

	private final Launcher launcher;

	private final SerialTask polling;

	/** Apart from polling: a long claim must not make this node look dead. */
	private final SerialTask beating;

	private final Ticker polls;

	private final Ticker beats;

	private final WakeUps wakeUps;

	private final ExpirySweep sweep;

	/** Executions may wait for a slot: the last poll did not find enough. */
	private volatile boolean starved;

	/** What could not run here in this poll; for who polls only. */
	private final Set<ExecutionId> refused = new HashSet<>();

	/** What has lost its node was not looked for, or got no slot; for who polls only. */
	private boolean takeOverDue;

	private volatile boolean started;

	private volatile SignallingStore.@Nullable Listening listening;

	private int beatsSeen;

	private boolean blockedRetried;

	private volatile boolean unreachable;

	private volatile boolean beatDue;

	Dispatcher(Host host, RunningExecutions running) {
		this.host = host;
		this.store = host.store();
		this.running = running;
		this.launcher = new Launcher(host, running, this);
		this.polling = new SerialTask(host.executor(), this::poll);
		this.beating = new SerialTask(host.executor(), this::reportAlive);
		EngineSettings.Node pace = host.settings().node();
		this.polls = new Ticker(host.timers(), pace.pollInterval(), this.polling::request);
		this.beats = new Ticker(host.timers(), pace.heartbeatInterval(), this.beating::request);
		this.wakeUps = new WakeUps(host.timers(), this.store.clock(), this.polling::request);
		this.sweep = new ExpirySweep(host);
	}

	Launcher launcher() {
		return this.launcher;
	}

	void start() {
		this.host.identity().renew();
		this.running.open();
		this.started = true;
		this.wakeUps.on();
		if (this.store instanceof SignallingStore signalling) {
			this.listening = signalling.listen(this.launcher::heard);
		}
		this.beats.start();
		this.polls.start();
		this.sweep.start();
	}

	/** Claim nothing more, let running steps finish, suspend the rest. */
	void stop() {
		this.started = false;
		this.beats.stop();
		this.polls.stop();
		this.wakeUps.off();
		this.sweep.stop();
		SignallingStore.Listening current = this.listening;
		if (current != null) {
			current.close();
		}
		this.running.close().forEach(ExecutionRun::drain);
		List<ExecutionRun> stuck = this.running.awaitEnd(this.host.settings().node().shutdownTimeout());
		if (!stuck.isEmpty()) {
			log.warn("{} executions did not suspend within {}; other nodes take them over", stuck.size(),
					this.host.settings().node().shutdownTimeout());
			stuck.forEach(ExecutionRun::abandon);
		}
		try {
			this.store.cleanUp(Optional.of(this.host.node()), this.launcher.silentSince());
		}
		catch (StoreUnavailableException ex) {
			log.debug("The node could not be signed off; its silence will tell", ex);
		}
	}

	@Override
	public boolean isOn() {
		return this.started;
	}

	/** Not before those that wait for a slot, or they might wait for ever. */
	@Override
	public boolean mayStart() {
		return this.started && !this.starved;
	}

	@Override
	public void wake() {
		if (this.started) {
			this.polling.request();
		}
	}

	private void reportAlive() {
		if (!this.started) {
			return;
		}
		try {
			this.store.heartbeat(this.host.node());
			this.beatDue = true;
			this.polling.request();
		}
		catch (StoreUnavailableException ex) {
			unreachable(ex);
		}
	}

	private void poll() {
		if (!this.started) {
			return;
		}
		try {
			if (this.beatDue) {
				this.beatDue = false;
				this.takeOverDue = true;
				lookAfterNodes();
			}
			takeOn();
			for (ExecutionId id : this.store.signalled(this.host.node())) {
				this.launcher.heard(id);
			}
			reachable();
		}
		catch (StoreUnavailableException ex) {
			unreachable(ex);
		}
	}

	private void reachable() {
		if (this.unreachable) {
			this.unreachable = false;
			log.info("The durable store is back");
		}
	}

	private void unreachable(StoreUnavailableException ex) {
		if (!this.unreachable) {
			this.unreachable = true;
			log.warn("The durable store cannot be reached; executions go on when it is back", ex);
		}
	}

	private void lookAfterNodes() {
		if (!this.blockedRetried) {
			this.store.retryBlocked(this.launcher.request(1));
			this.blockedRetried = true;
		}
		this.beatsSeen++;
		if (this.beatsSeen % CLEAN_UP_EVERY == 0) {
			this.store.cleanUp(Optional.empty(), this.launcher.silentSince());
		}
	}

	private void takeOn() {
		this.refused.clear();
		boolean served = !this.takeOverDue || takeOver();
		served &= claim();
		this.starved = !served;
		// Whoever freed a slot before that has not seen it; what is still leaving will.
		if (!served && this.running.free() > 0
				&& (this.refused.isEmpty() || !this.running.ids().containsAll(this.refused))) {
			this.polling.request();
		}
	}

	/** Return whether there were slots for all that was found. */
	private boolean takeOver() {
		if (this.running.free() == 0) {
			return false;
		}
		for (ExecutionRow row : this.store.ownedBy(this.host.node(), this.running.ids())) {
			ExecutionId id = row.identity().id();
			// A claim whose answer was lost, or an invocation that ended without its last
			// write.
			if (!this.running.contains(id) && !this.launcher.launch(row, this.store.clock().instant(), null, true)) {
				this.refused.add(id);
			}
		}
		int free = this.running.free();
		if (free > 0) {
			Instant silentSince = this.launcher.silentSince();
			launchAll(this.store.claimAbandoned(this.launcher.request(Math.min(free, Launcher.MAX_CLAIM)), silentSince),
					true);
		}
		this.takeOverDue = free == 0 || !this.refused.isEmpty();
		return !this.takeOverDue;
	}

	/** Return whether there were slots for all that was found. */
	private boolean claim() {
		int free = this.running.free();
		if (free == 0) {
			return false;
		}
		int limit = Math.min(free, Launcher.MAX_CLAIM);
		List<ExecutionRow> rows = this.store.claim(this.launcher.request(limit));
		int refused = launchAll(rows, false);
		// What failed before is not hurried: its signals make it claimable at once.
		if (rows.size() == limit && refused < limit && rows.stream().anyMatch((row) -> row.state().failures() == 0)) {
			this.polling.request();
		}
		return refused == 0;
	}

	/** Return how many could not run here. */
	private int launchAll(List<ExecutionRow> rows, boolean takeover) {
		List<ExecutionRow> refused = this.launcher.launchAll(rows, takeover);
		refused.forEach((row) -> this.refused.add(row.identity().id()));
		return refused.size();
	}

	@Override
	public void ended(ExecutionId id, ExecutionRun run) {
		this.wakeUps.add(run.wakeAt());
	}

	@Override
	public void freed() {
		if (this.starved) {
			wake();
		}
	}

}
