package dev.durable.embedded;

import java.util.Optional;
import java.util.UUID;
import java.time.Instant;
import java.util.function.Supplier;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

/** Completes callbacks in the store; the owner of the execution journals it. */
final class StoredCallbacks implements DurableCallbacks {

	private final Host host;

	private final CheckpointStore store;

	private final Supplier<Launcher> launcher;

	StoredCallbacks(Host host, Supplier<Launcher> launcher) {
		this.host = host;
		this.store = host.store();
		this.launcher = launcher;
	}

	@Override
	public void succeed(String callbackId, @Nullable Object result) {
		CallbackRow row = pending(callbackId);
		Payload payload = (result != null)
				? this.host.payloads().encode("The result of a callback", result, Object.class) : null;
		complete(row, new CallbackRow.Outcome(CallbackState.SUCCEEDED, payload, null));
	}

	@Override
	public void fail(String callbackId, ErrorObject error) {
		CallbackRow row = pending(callbackId);
		complete(row, new CallbackRow.Outcome(CallbackState.FAILED, null, this.host.errors().encode(error)));
	}

	@Override
	public void heartbeat(String callbackId) {
		CallbackRow row = pending(callbackId);
		if (row.deadlines().heartbeatTimeout() == null) {
			return;
		}
		Instant next = this.store.clock().instant().plus(row.deadlines().heartbeatTimeout());
		if (!this.store.heartbeatCallback(row.key().lookup(), next)) {
			throw ended(row.key().lookup());
		}
	}

	private CallbackRow pending(String callbackId) {
		CallbackId id = CallbackId.parse(callbackId).orElseThrow(CallbackNotFoundException::new);
		CallbackRow row = this.store.callback(id.lookup())
			.filter(id::opens)
			.orElseThrow(CallbackNotFoundException::new);
		if (row.outcome().state() != CallbackState.PENDING) {
			throw new CallbackAlreadyCompletedException(row.outcome().state().name());
		}
		return row;
	}

	private void complete(CallbackRow row, CallbackRow.Outcome outcome) {
		Signal signal = new Signal(UUID.randomUUID().toString(), row.execution(), SignalKind.CALLBACK, row.operation(),
				this.store.clock().instant());
		if (!this.store.completeCallback(row.key().lookup(), outcome, Optional.of(signal))) {
			throw ended(row.key().lookup());
		}
		this.launcher.get().signalled(row.execution());
	}

	private CallbackAlreadyCompletedException ended(String lookup) {
		return new CallbackAlreadyCompletedException(
				this.store.callback(lookup).map((row) -> row.outcome().state().name()).orElse("before"));
	}

}
