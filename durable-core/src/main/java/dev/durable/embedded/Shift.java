package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.durable.ExecutionId;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionRow;
import dev.durable.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stretch of work on demand, by a node of its own: it signs on when it first takes an
 * execution, works until nothing is left to do here or time is nearly up, and signs off.
 * It looks again when something happened, and never just because time passed.
 */
final class Shift implements Launcher.Work {

	/** What becomes due so soon is waited for: another shift would cost more. */
	static final Duration NEAR = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(Shift.class);

	private final Host host;

	private final CheckpointStore store;

	private final ShiftScope scope;

	private final ShiftTimes times;

	private final RunningExecutions running;

	private final Launcher launcher;

	private final SerialTask looking;

	private final Ticker beats;

	private final WakeUps wakeUps;

	/** Something may be claimable. */
	private final AtomicBoolean wanted = new AtomicBoolean();

	/** What went to sleep here since it was last looked for news. */
	private final Set<ExecutionId> asleep = ConcurrentHashMap.newKeySet();

	/** What could not run here because it had not quite left; for who looks only. */
	private final Set<ExecutionId> refused = new HashSet<>();

	/** When to look again at what this node has left. */
	private final Map<ExecutionId, Instant> again = new ConcurrentHashMap<>();

	private final List<Timers.Timer> limits = new CopyOnWriteArrayList<>();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private boolean signedOn;

	private boolean begun;

	private volatile boolean draining;

	private volatile boolean taskDone;

	Shift(Host engine, ShiftScope scope, Duration time) {
		this.host = engine.asNewNode();
		this.store = this.host.store();
		this.scope = scope;
		this.times = ShiftTimes.of(this.store.clock().instant(), time, this.host.settings().node().shutdownTimeout());
		this.running = new RunningExecutions(this.host.settings().node().maxConcurrentExecutions());
		this.launcher = new Launcher(this.host, this.running, this);
		this.looking = new SerialTask(this.host.executor(), this::look);
		SerialTask beating = new SerialTask(this.host.executor(), this::beat);
		this.beats = new Ticker(this.host.timers(), this.host.settings().node().heartbeatInterval(), beating::request);
		this.wakeUps = new WakeUps(this.host.timers(), this.store.clock(), this::wake);
	}

	Launcher launcher() {
		return this.launcher;
	}

	/** Run the task, and work until nothing is left to do or time is up. */
	List<Instant> work(Runnable task) {
		this.wanted.set(this.scope.claims());
		if (!this.store.clock().instant().isBefore(this.times.drainAt())) {
			this.running.close();
			this.draining = true;
		}
		else if (this.scope.claims()) {
			signOn();
		}
		at(this.times.drainAt(), this::drain);
		at(this.times.deadline(), () -> this.host.executor().execute(this::leave));
		try {
			task.run();
		}
		finally {
			this.taskDone = true;
			this.looking.request();
			this.over.join();
		}
		return left();
	}

	private void at(Instant time, Runnable action) {
		Duration delay = Duration.between(this.store.clock().instant(), time);
		this.limits.add(this.host.timers().schedule(delay.isNegative() ? Duration.ZERO : delay, action));
	}

	/** Before anything carries this node's id, or it would look like one that is gone. */
	private synchronized void signOn() {
		if (!this.signedOn) {
			this.store.heartbeat(this.host.node());
			this.signedOn = true;
			this.beats.startLater();
		}
	}

	@Override
	public boolean isOn() {
		if (this.running.isClosed()) {
			return false;
		}
		signOn();
		return true;
	}

	@Override
	public void wake() {
		this.wanted.set(true);
		this.looking.request();
	}

	@Override
	public void freed() {
		this.looking.request();
	}

	@Override
	public void ended(ExecutionId id, ExecutionRun run) {
		Instant again = (run.departure() == Departure.UNKNOWN) ? run.tryAgainAt() : run.wakeAt();
		this.again.compute(id, (same, before) -> again);
		if (run.departure() == Departure.ASLEEP) {
			this.asleep.add(id);
			this.wakeUps.add(again);
			if (again != null && !again.isAfter(this.store.clock().instant())) {
				this.wanted.set(true); // it can go on already
			}
		}
	}

	private void look() {
		try {
			while (mayClaim() && (isWanted() || mayHaveNews())) {
				claim();
			}
		}
		catch (RuntimeException ex) {
			log.warn("No more executions can be claimed now; the rest is left to the next shift", ex);
			this.wanted.set(true);
			drain();
		}
		if (!this.running.isEmpty()) {
			return;
		}
		if (this.draining) {
			this.launcher.starter().completions().close();
		}
		if (this.taskDone && !waitsForWakeUp() && isOver()) {
			if (this.scope == ShiftScope.ALL_AND_EXPIRED) {
				new ExpirySweep(this.host).removeUntil(this.times.drainAt());
			}
			end();
		}
	}

	/** What the last run has made runnable may have come since this looked. */
	private boolean isOver() {
		boolean empty = this.running.closeIfEmpty();
		if (empty && !this.refused.isEmpty()) {
			this.wanted.set(true);
		}
		if (!empty || this.draining || !this.wanted.get()) {
			return empty;
		}
		this.running.open();
		if (this.draining) {
			this.running.close();
		}
		this.looking.request();
		return false;
	}

	private boolean isWanted() {
		boolean left = this.refused.removeIf((id) -> !this.running.contains(id));
		return this.wanted.getAndSet(false) || left;
	}

	private boolean mayClaim() {
		return !this.draining && this.running.free() > 0;
	}

	/**
	 * Whoever sends news to an execution tells nobody if a node owns it. So that node
	 * looks once more when it has let go, and nothing else keeps it here.
	 */
	private boolean mayHaveNews() {
		return this.running.isEmpty() && !this.asleep.isEmpty() && (this.scope.claims() || hasNews());
	}

	private boolean hasNews() {
		Set<ExecutionId> slept = Set.copyOf(this.asleep);
		this.asleep.removeAll(slept);
		return !slept.isEmpty() && !this.store.signals(slept).isEmpty();
	}

	private void claim() {
		signOn();
		this.asleep.clear();
		if (this.scope.claims() && !this.begun) {
			takeOver();
		}
		int limit = Math.min(this.running.free(), Launcher.MAX_CLAIM);
		List<ExecutionRow> rows = (limit > 0) ? this.store.claim(this.launcher.request(limit)) : List.of();
		launchAll(rows, false);
		// What failed before is not hurried: its signals make it claimable at once.
		if (rows.size() == limit && rows.stream().allMatch((row) -> row.state().failures() == 0)) {
			this.wanted.set(true);
		}
	}

	private void takeOver() {
		if (this.scope == ShiftScope.ALL_AND_BLOCKED) {
			this.store.retryBlocked(this.launcher.request(1));
		}
		int limit = Math.min(this.running.free(), Launcher.MAX_CLAIM);
		List<ExecutionRow> rows = this.store.claimAbandoned(this.launcher.request(limit), this.launcher.silentSince());
		this.begun = rows.size() < limit;
		launchAll(rows, true);
	}

	private void launchAll(List<ExecutionRow> rows, boolean takeover) {
		this.launcher.launchAll(rows, takeover).forEach((row) -> this.refused.add(row.identity().id()));
	}

	private boolean waitsForWakeUp() {
		Instant next = this.wakeUps.next();
		return next != null && this.scope.claims() && !this.draining && next.isBefore(this.times.drainAt())
				&& !next.isAfter(this.store.clock().instant().plus(NEAR));
	}

	private void beat() {
		try {
			report();
			this.store.signalled(this.host.node()).forEach(this.launcher::heard);
		}
		catch (StoreUnavailableException ex) {
			log.warn("The durable store cannot be reached", ex);
		}
	}

	/** Not while it signs off, or it would look alive. */
	private synchronized void report() {
		if (!this.ended.get()) {
			this.store.heartbeat(this.host.node());
		}
	}

	/** Claim nothing more, let running steps finish, suspend the rest. */
	private void drain() {
		this.draining = true;
		this.running.close().forEach(ExecutionRun::drain);
		this.looking.request();
	}

	/** Time is up: what has not suspended is left as if this node had crashed. */
	private void leave() {
		drain();
		List<ExecutionRun> stuck = this.running.close();
		if (!stuck.isEmpty()) {
			log.warn("{} executions did not suspend in time, because steps take too long; other nodes take them over",
					stuck.size());
			this.wanted.set(true);
			stuck.forEach(ExecutionRun::abandon);
		}
		this.launcher.starter().completions().close();
		end();
	}

	private void end() {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		this.wakeUps.off();
		this.beats.stop();
		this.limits.forEach(Timers.Timer::cancel);
		try {
			if (hasNews()) {
				this.wanted.set(true);
			}
			signOff();
		}
		catch (StoreUnavailableException ex) {
			log.debug("The node could not be signed off; its silence will tell", ex);
			this.wanted.set(true);
		}
		finally {
			this.over.complete(null);
		}
	}

	private synchronized void signOff() {
		if (this.signedOn) {
			this.store.cleanUp(Optional.of(this.host.node()), this.launcher.silentSince());
		}
	}

	private List<Instant> left() {
		Instant now = this.store.clock().instant();
		NavigableSet<Instant> times = new TreeSet<>(this.again.values());
		if (this.wanted.get() || !times.headSet(now).isEmpty()) {
			times.add(now);
		}
		return List.copyOf(times.tailSet(now));
	}

}
