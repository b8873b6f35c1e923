package dev.durable.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.durable.ExecutionId;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * Runs executions on this node; when and which ones, who works on them decides.
 * Thread-safe.
 */
final class Launcher {

	/** Bounds what one claim loads into memory. */
	static final int MAX_CLAIM = 50;

	private final Host host;

	private final RunningExecutions running;

	private final Work work;

	private final Starter starter;

	Launcher(Host host, RunningExecutions running, Work work) {
		this.host = host;
		this.running = running;
		this.work = work;
		this.starter = new Starter(host, this);
	}

	Starter starter() {
		return this.starter;
	}

	ClaimRequest request(int limit) {
		return new ClaimRequest(this.host.node(), this.host.functions().versions(), this.host.store().clock().instant(),
				limit);
	}

	/** Nodes that have not reported since are gone. */
	Instant silentSince() {
		return this.host.store().clock().instant().minus(this.host.settings().node().nodeTimeout());
	}

	/**
	 * Run what was claimed. What cannot run here goes back as it was before the claim, to
	 * a lost node too: so it still has to be taken over, and another node can do that.
	 * @return what went back: it has not quite left this node, or no slot was free
	 */
	List<ExecutionRow> launchAll(List<ExecutionRow> rows, boolean takeover) {
		if (rows.isEmpty()) {
			return List.of();
		}
		Map<ExecutionId, List<Event>> journals = new HashMap<>();
		rows.forEach((row) -> journals.put(row.identity().id(), new ArrayList<>()));
		Instant seenAt = this.host.store().clock().instant();
		this.host.store()
			.read(journals.keySet(),
					(execution, event) -> journals.getOrDefault(execution, new ArrayList<>()).add(event));
		List<ExecutionRow> refused = new ArrayList<>();
		for (ExecutionRow row : rows) {
			if (!launch(row, seenAt, journals.get(row.identity().id()), takeover)) {
				refused.add(row);
			}
		}
		refused.forEach((row) -> this.host.store().release(row.identity().id(), this.host.node(), row.state()));
		return refused;
	}

	/** Return whether the execution runs here now because of this call. */
	boolean launch(ExecutionRow row, Instant seenAt, @Nullable List<Event> events, boolean takeover) {
		ExecutionRun run = newRun(row, seenAt);
		boolean added = this.running.add(row.identity().id(), run);
		if (added) {
			execute(row.identity().id(), run, events, takeover);
		}
		return added;
	}

	ExecutionRun newRun(ExecutionRow row, Instant seenAt) {
		return new ExecutionRun(this.host, row, seenAt, this.starter::startChild);
	}

	/** Reserve a slot for an execution that is about to be created here. */
	boolean reserve(ExecutionId id, ExecutionRun run) {
		return this.work.mayStart() && this.running.add(id, run);
	}

	void unreserve(ExecutionId id, ExecutionRun run) {
		this.running.remove(id, run);
		this.work.freed();
	}

	void execute(ExecutionId id, ExecutionRun run, @Nullable List<Event> events, boolean takeover) {
		try {
			this.host.executor().execute(() -> {
				try {
					run.run(events, takeover);
				}
				finally {
					ended(id, run);
				}
			});
		}
		catch (RuntimeException | Error ex) {
			unreserve(id, run);
			throw ex;
		}
	}

	/**
	 * What follows from its end is known before its slot is free: nobody shall find that
	 * nothing is left to do.
	 */
	private void ended(ExecutionId id, ExecutionRun run) {
		try {
			ParentLink parent = run.parent();
			if (parent != null) {
				signalled(parent.execution());
			}
			this.work.ended(id, run);
		}
		finally {
			this.running.remove(id, run);
			if (run.leftWithNews()) {
				this.work.wake();
			}
			this.work.freed();
			this.starter.completions().changed(id);
		}
	}

	/** This process sent something to an execution. */
	void signalled(ExecutionId id) {
		if (!isTold(id)) {
			runnable(id);
		}
	}

	/** Somebody sent something to an execution. */
	void heard(ExecutionId id) {
		if (!isTold(id)) {
			this.work.wake();
		}
	}

	/** Tell an execution that runs here; what leaves meanwhile may not have noticed. */
	private boolean isTold(ExecutionId id) {
		ExecutionRun run = this.running.get(id);
		if (run != null) {
			run.signalled();
		}
		return run != null && this.running.get(id) == run;
	}

	/** An execution that does not run here can go on because of this process. */
	void runnable(ExecutionId id) {
		this.work.wake();
		this.host.elsewhere().tell(id, this.work.isOn());
	}

	/** Decides which executions run here. */
	interface Work {

		/** Whether executions are taken on. */
		boolean isOn();

		/** Whether what is started now may run at once, if there is a slot for it. */
		default boolean mayStart() {
			return isOn();
		}

		/** Look for executions that can go on. */
		void wake();

		/** An execution leaves its slot. */
		void ended(ExecutionId id, ExecutionRun run);

		/** A slot is free that was taken. */
		void freed();

	}

}
