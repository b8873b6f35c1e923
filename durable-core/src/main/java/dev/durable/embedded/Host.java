package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationSettings;
import dev.durable.operation.Payloads;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;

/**
 * What the parts of one engine share.
 *
 * @param store where executions are kept
 * @param identity who this node is
 * @param functions the application's functions
 * @param settings the engine's numbers
 * @param invocations what invocations share
 * @param invoker runs invocations
 * @param timers runs delayed tasks
 * @param elsewhere who is told of executions that go on in another process
 */
record Host(CheckpointStore store, NodeIdentity identity, Functions functions, EngineSettings settings,
		InvocationSettings invocations, Invoker invoker, Timers timers, Elsewhere elsewhere) {

	/** What is longer is for ever, and keeps times within what stores can hold. */
	private static final Duration LONGEST_RETENTION = Duration.ofDays(36_525);

	/** The same as a node that nobody knows yet. */
	Host asNewNode() {
		return new Host(this.store, new NodeIdentity(), this.functions, this.settings, this.invocations, this.invoker,
				this.timers, this.elsewhere);
	}

	NodeId node() {
		return this.identity.current();
	}

	Executor executor() {
		return this.invocations.executor();
	}

	Payloads payloads() {
		return this.invocations.payloads();
	}

	Delivery delivery() {
		return new Delivery(this.store, executor(), this.timers);
	}

	ErrorCodec errors() {
		return this.invocations.errors();
	}

	/** Whether this node has an execution, by its row. */
	boolean owns(ExecutionId execution) {
		return this.store.find(execution).map((row) -> node().equals(row.state().node())).orElse(false);
	}

	/**
	 * The time after a delay, but no later than the execution's timeout, unless that has
	 * passed.
	 */
	Instant later(Duration delay, ExecutionIdentity identity) {
		Instant now = this.store.clock().instant();
		Instant at = now.plus(delay);
		Instant timeoutAt = identity.timeoutAt();
		return (timeoutAt != null && timeoutAt.isAfter(now) && timeoutAt.isBefore(at)) ? timeoutAt : at;
	}

	/** The state of an execution that ended, by its function's retention. */
	ExecutionState ended(ExecutionIdentity identity, ExecutionStatus status, Instant at) {
		FunctionDefinition known = this.functions.find(identity.function());
		Duration retention = (known != null && known.retention() != null) ? known.retention()
				: this.settings.executions().retention();
		boolean forever = retention.isNegative() || retention.compareTo(LONGEST_RETENTION) > 0;
		return ExecutionState.ended(status, at, forever ? null : at.plus(retention));
	}

	Payload error(String type, String message) {
		return errors().encode(ErrorObject.of(type, message));
	}

}
