package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import dev.durable.EventType;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.codec.Payload;
import dev.durable.engine.FunctionDefinition;
import dev.durable.journal.JournalLostException;
import dev.durable.store.Append;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.TransactionalStore;
import org.jspecify.annotations.Nullable;

/** Creates executions, and runs them here at once when there is room. */
final class Starter {

	private static final int MAX_ATTEMPTS = 3;

	private final Host host;

	private final CheckpointStore store;

	private final Launcher launcher;

	private final Completions completions = new Completions();

	Starter(Host host, Launcher launcher) {
		this.host = host;
		this.store = host.store();
		this.launcher = launcher;
	}

	Completions completions() {
		return this.completions;
	}

	/** Start an execution, or attach to the one that has the same name and input. */
	ExecutionId start(FunctionDefinition function, @Nullable String name, Payload input) {
		ExecutionId id = ExecutionIds.of(function.id().name(), name);
		ExecutionIdentity identity = identity(function.id(), id, name, null, input);
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			if (create(identity, input, EventDetails.NONE) || attach(identity)) {
				return id;
			}
			// It was there, and was removed before it could be looked at: its name is
			// free.
		}
		throw new StoreUnavailableException("Execution '%s' exists but cannot be read".formatted(id), null);
	}

	/**
	 * Start an execution with the calling thread's transaction.
	 * @param committed called when the transaction has ended, committed or not
	 */
	ExecutionId enrol(TransactionalStore transactional, FunctionDefinition function, @Nullable String name,
			Payload input, Runnable committed) {
		ExecutionId id = ExecutionIds.of(function.id().name(), name);
		ExecutionIdentity identity = identity(function.id(), id, name, null, input);
		if (name != null && attach(identity)) {
			committed.run();
			return id;
		}
		transactional
			.appendInTransaction(append(identity, sleeping(), UUID.randomUUID().toString(), input, EventDetails.NONE));
		transactional.onCompletion(() -> {
		}, (completion) -> {
			committed.run();
			this.launcher.runnable(id);
		});
		return id;
	}

	/** Start what a chained invoke asks for; its id makes a second start harmless. */
	void startChild(ExecutionIdentity parent, Event invoke) {
		OperationRef operation = invoke.operation();
		String name = invoke.content().details().text(Details.FUNCTION);
		if (operation == null || name == null) {
			throw new IllegalStateException("Event %d is no chained invoke".formatted(invoke.position()));
		}
		String version = invoke.content().details().text(Details.VERSION);
		FunctionVersion function = (version != null) ? new FunctionVersion(name, version)
				: this.host.functions().current(name).id();
		Payload input = (invoke.content().payload() != null) ? invoke.content().payload() : Payload.ofText("null");
		ExecutionIdentity child = identity(function, ExecutionIds.child(parent.id(), operation.id()), null,
				new ParentLink(parent.id(), operation.id()), input);
		create(child, input, EventDetails.NONE.with(Details.TENANT, invoke.content().details().text(Details.TENANT)));
	}

	/** An invoke may name a function of a node that was lost: then our timeout holds. */
	private ExecutionIdentity identity(FunctionVersion function, ExecutionId id, @Nullable String name,
			@Nullable ParentLink parent, Payload input) {
		Instant now = this.store.clock().instant();
		FunctionDefinition known = this.host.functions().find(function);
		Duration timeout = (known != null && known.executionTimeout() != null) ? known.executionTimeout()
				: this.host.settings().executions().timeout();
		return new ExecutionIdentity(id, function, name, parent, ExecutionIds.inputDigest(id, input), now,
				now.plus(timeout));
	}

	/** Return whether the execution exists; its input must be the same. */
	private boolean attach(ExecutionIdentity requested) {
		Optional<ExecutionIdentity> existing = this.store.find(requested.id()).map(ExecutionRow::identity);
		if (existing.isPresent() && !existing.get().inputDigest().equals(requested.inputDigest())) {
			throw new ExecutionAlreadyStartedException(requested.function().name(), String.valueOf(requested.name()),
					requested.id());
		}
		return existing.isPresent();
	}

	/** Return whether this call created the execution. */
	private boolean create(ExecutionIdentity identity, Payload input, EventDetails details) {
		ExecutionRun run = this.launcher.newRun(new ExecutionRow(identity, sleeping()), identity.startedAt());
		boolean here = this.launcher.reserve(identity.id(), run);
		ExecutionState state = here ? ExecutionState.owned(this.host.node(), 0) : sleeping();
		Append append = append(identity, state, UUID.randomUUID().toString(), input, details);
		boolean created = false;
		try {
			created = write(append);
		}
		finally {
			if (here && !created) {
				this.launcher.unreserve(identity.id(), run);
			}
		}
		if (created && here) {
			this.launcher.execute(identity.id(), run, append.events(), false);
		}
		else if (created) {
			this.launcher.runnable(identity.id());
		}
		return created;
	}

	private ExecutionState sleeping() {
		return ExecutionState.sleeping(this.store.clock().instant());
	}

	private static Append append(ExecutionIdentity identity, ExecutionState state, String writer, Payload input,
			EventDetails details) {
		Duration timeout = (identity.timeoutAt() != null) ? Duration.between(identity.startedAt(), identity.timeoutAt())
				: null;
		Event started = new Event(1, EventType.EXECUTION_STARTED, writer, identity.startedAt(), null,
				new EventContent(input, null, details.with(Details.TIMEOUT, timeout)));
		return new Append(identity.id(), List.of(started), new RowChange.Create(new ExecutionRow(identity, state)),
				Effects.NONE);
	}

	/** Return false if somebody else created the execution before. */
	private boolean write(Append append) {
		try {
			this.host.delivery().deliver(append).join();
			return true;
		}
		catch (CompletionException ex) {
			if (!(ex.getCause() instanceof JournalLostException lost)) {
				throw ex;
			}
			if (lost.reason() == JournalLostException.Reason.FENCED) {
				return false;
			}
			if (lost.getCause() instanceof Error error) {
				throw error;
			}
			throw new StoreUnavailableException(
					"Nobody knows whether execution '%s' was started: %s. Start it again by name to be sure"
						.formatted(append.execution(), lost.getMessage()),
					lost);
		}
	}

}
