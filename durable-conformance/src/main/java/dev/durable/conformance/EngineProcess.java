package dev.durable.conformance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.StepContext;
import dev.durable.codec.HistoryJson;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.embedded.Timers;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.CrashingStore;
import dev.durable.store.tck.ProcessCrashed;
import dev.durable.store.tck.QuietExecutor;
import dev.durable.store.tck.VirtualTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real engine that can crash, on a clock that moves when nothing runs. */
final class EngineProcess implements MortalProcess {

	/** Longer than any requirement takes. */
	private static final Duration EXECUTION_TIMEOUT = Duration.ofHours(12);

	/**
	 * With replay logging, so that code that runs again can be told from code that does
	 * not.
	 */
	private static final EngineSettings SETTINGS = EngineSettings.defaults()
		.with(new EngineSettings.Node(50, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(90),
				Duration.ofSeconds(10)))
		.with(new EngineSettings.Executions(EXECUTION_TIMEOUT, Duration.ofSeconds(10), 6_291_456))
		.withReplayLogging(true);

	private static final long VISIBLE_WITHIN = TimeUnit.SECONDS.toNanos(15);

	private final QuietExecutor executor = new QuietExecutor();

	private final CrashingStore store;

	private final ExecutionQueries queries;

	private final VirtualTime time;

	private final Runnable death;

	private final EmbeddedEngine engine;

	private volatile @Nullable String failure;

	/**
	 * Create a process that is not started.
	 * @param death what crashes it, or returns when the store is to be cut off
	 */
	EngineProcess(CheckpointStore data, ExecutionQueries queries, VirtualTime time, Handlers handlers, Runnable death) {
		this.store = CrashingStore.counting(data);
		this.queries = queries;
		this.time = time;
		this.death = death;
		this.store.whenCrashed(this.executor::kill);
		JacksonPayloadCodec codec = new JacksonPayloadCodec();
		this.engine = EmbeddedEngine.builder(this.store, queries, codec)
			.functions(handlers::functions)
			.listeners(handlers.listeners())
			.settings(SETTINGS)
			.errorCodec(Handlers.errorCodec(codec))
			.executor(this.executor)
			.timers(mortal(time))
			.build();
	}

	private Timers mortal(VirtualTime clock) {
		return (delay, task) -> clock.schedule(delay, () -> {
			try {
				if (!this.store.isCrashed()) {
					task.run();
				}
			}
			catch (ProcessCrashed ex) {
				// a timer of a dead process does nothing
			}
		});
	}

	void start() {
		this.engine.start();
	}

	void stop() {
		this.engine.stop();
	}

	DurableClient client() {
		return this.engine.client();
	}

	List<Event> history(ExecutionId execution) {
		return this.queries.history(execution, 0, Integer.MAX_VALUE);
	}

	/** Return a history as clients are shown it, in AWS's shape. */
	List<JsonNode> shownHistory(ExecutionId execution) {
		return Json.list(Json.parse(new HistoryJson().toJson(client().execution(execution).history())).path("Events"));
	}

	/** Wait until nothing happens until time moves, or the process is dead. */
	void awaitQuiet() {
		this.executor.awaitQuiet();
	}

	boolean isCrashed() {
		return this.store.isCrashed();
	}

	/** Return why a handler could not crash this process, or {@code null}. */
	@Nullable String failure() {
		return this.failure;
	}

	@Override
	public boolean hasCrashed(ExecutionId execution) {
		return history(execution).stream()
			.anyMatch((event) -> event.type() == EventType.INVOCATION_COMPLETED && event.content().error() != null);
	}

	@Override
	public Error crash(StepContext step) {
		try {
			awaitStart(step);
			this.death.run();
		}
		catch (IllegalStateException ex) {
			this.failure = String.valueOf(ex.getMessage());
			throw ex;
		}
		this.store.crash();
		this.store.find(step.executionId());
		throw new IllegalStateException("A crashed store must answer nothing");
	}

	/** What is not visible yet may wait for a timer, so time moves meanwhile. */
	private void awaitStart(StepContext step) {
		long begin = System.nanoTime();
		while (!isStarted(step)) {
			if (System.nanoTime() - begin > VISIBLE_WITHIN) {
				throw new IllegalStateException(
						"The start of step %s did not become visible in the history".formatted(step.operationId()));
			}
			this.time.advanceToNext(this.time.instant().plusMillis(100));
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	private boolean isStarted(StepContext step) {
		return history(step.executionId()).stream()
			.anyMatch((event) -> event.type() == EventType.STEP_STARTED && event.operation() != null
					&& event.operation().id().equals(step.operationId()));
	}

}
