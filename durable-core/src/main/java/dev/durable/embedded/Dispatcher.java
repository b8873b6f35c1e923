package dev.durable.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

	/** The last poll found no free slot. */
	private volatile boolean starved;

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
		this.running.open();
		this.started = true;
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
				lookAfterNodes();
			}
			claim();
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
		for (ExecutionRow row : this.store.ownedBy(this.host.node(), this.running.ids())) {
			if (!this.running.contains(row.identity().id())) {
				// A claim whose answer was lost, or an invocation that ended without its
				// last write.
				this.launcher.launch(row, this.store.clock().instant(), null, true);
			}
		}
		int free = this.running.free();
		if (free > 0) {
			Instant silentSince = this.launcher.silentSince();
			this.launcher.launchAll(
					this.store.claimAbandoned(this.launcher.request(Math.min(free, Launcher.MAX_CLAIM)), silentSince),
					true);
		}
		this.beatsSeen++;
		if (this.beatsSeen % CLEAN_UP_EVERY == 0) {
			this.store.cleanUp(Optional.empty(), this.launcher.silentSince());
		}
	}

	private void claim() {
		int free = this.running.free();
		if (free == 0) {
			this.starved = true;
			// Once more: whoever freed a slot in between may not have seen that.
			free = this.running.free();
		}
		if (free == 0) {
			return;
		}
		this.starved = false;
		int limit = Math.min(free, Launcher.MAX_CLAIM);
		List<ExecutionRow> rows = this.store.claim(this.launcher.request(limit));
		this.launcher.launchAll(rows, false);
		// What failed before is not hurried: its signals make it claimable at once.
		if (rows.size() == limit && rows.stream().anyMatch((row) -> row.state().failures() == 0)) {
			this.polling.request();
		}
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
