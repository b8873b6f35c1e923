package dev.durable.journal;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.DurableListeners;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.InvocationStatus;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;
import org.jspecify.annotations.Nullable;

/** Tells listeners what one invocation sees and records. Thread-safe. */
public final class Observation {

	private final ExecutionId execution;

	private final DurableListeners listeners;

	private final ErrorCodec errors;

	private final Map<OperationId, OperationState> states;

	/** What earlier invocations recorded and nobody has asked for yet. */
	private final Set<OperationId> unseen = ConcurrentHashMap.newKeySet();

	private final Set<OperationId> recordedBefore;

	private final Supplier<Instant> clock;

	Observation(ExecutionId execution, Observers observers, Map<OperationId, OperationState> states,
			Supplier<Instant> clock) {
		this.execution = execution;
		this.listeners = observers.listeners();
		this.errors = observers.errors();
		this.states = states;
		this.clock = clock;
		this.recordedBefore = this.listeners.isEmpty() ? Set.of() : Set.copyOf(states.keySet());
		this.unseen.addAll(this.recordedBefore);
	}

	/**
	 * An invocation begins; what has ended since the last one has ended for listeners
	 * now.
	 * @param facts the invocation
	 */
	public void begun(InvocationFacts facts) {
		this.listeners.tell(DurableListener::onInvocationStart, () -> info(facts));
		if (!this.listeners.isEmpty()) {
			facts.updated()
				.stream()
				.map(this.states::get)
				.filter(Objects::nonNull)
				.filter((state) -> state.status().isTerminal())
				.sorted(OperationState.IN_ORDER_OF_CHANGE)
				.forEach((state) -> this.listeners.tell(DurableListener::onOperationEnd, () -> info(state)));
		}
	}

	/**
	 * An invocation has ended with the execution's result.
	 * @param facts the invocation
	 */
	public void succeeded(InvocationFacts facts) {
		ended(facts, InvocationStatus.SUCCEEDED, () -> null);
	}

	/**
	 * An invocation has ended with the execution's failure.
	 * @param facts the invocation
	 * @param error the encoded error
	 */
	public void failed(InvocationFacts facts, Payload error) {
		ended(facts, InvocationStatus.FAILED, () -> error);
	}

	/**
	 * An invocation has ended, and another one follows.
	 * @param facts the invocation
	 * @param error gives why it could not go on, encoded, or {@code null} if it waits
	 */
	public void pending(InvocationFacts facts, Supplier<@Nullable Payload> error) {
		ended(facts, InvocationStatus.PENDING, error);
	}

	private void ended(InvocationFacts facts, InvocationStatus status, Supplier<@Nullable Payload> error) {
		this.listeners.tell(DurableListener::onInvocationEnd,
				() -> new InvocationEndInfo(info(facts), status, read(error.get())));
	}

	private InvocationInfo info(InvocationFacts facts) {
		return new InvocationInfo(this.execution, facts.function(), facts.requestId(), facts.first(),
				facts.executionStartedAt(), new Operations(), some(facts.updated()));
	}

	private Map<OperationId, OperationInfo> some(Set<OperationId> ids) {
		return ids.stream()
			.map(this.states::get)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableMap((state) -> state.operation().id(), this::info));
	}

	/** Code asks for what an earlier invocation recorded. */
	void found(OperationState state) {
		if (!this.listeners.isEmpty() && !state.status().isTerminal() && this.unseen.remove(state.operation().id())) {
			this.listeners.tell(DurableListener::onOperationStart, () -> info(state));
		}
	}

	/**
	 * Something was recorded.
	 * @param former what was recorded before, or {@code null}
	 * @param state what is recorded now
	 */
	void changed(@Nullable OperationState former, OperationState state) {
		if (this.listeners.isEmpty()) {
			return;
		}
		OperationInfo info = info(state);
		if (former == null) {
			this.listeners.tell(DurableListener::onOperationStart, () -> info);
		}
		this.listeners.tell(DurableListener::onOperationChange,
				() -> new OperationChange(this.execution, Map.of(state.operation().id(), info), new Operations()));
		if (state.status().isTerminal() && (former == null || !former.status().isTerminal())) {
			this.listeners.tell(DurableListener::onOperationEnd, () -> info);
		}
	}

	/**
	 * Code of an operation begins.
	 * @param operation the operation
	 * @param number the number of the attempt
	 * @param replayingChildren whether a context runs again
	 * @return told when the code has ended
	 */
	public Attempt attempt(OperationRef operation, int number, boolean replayingChildren) {
		if (this.listeners.isEmpty()) {
			return (error) -> {
			};
		}
		AttemptInfo begun = new AttemptInfo(this.execution, operation, number, this.clock.get(), null,
				this.recordedBefore.contains(operation.id()), replayingChildren, null);
		this.listeners.tell(DurableListener::onAttemptStart, () -> begun);
		return (error) -> this.listeners.tell(DurableListener::onAttemptEnd, () -> new AttemptInfo(this.execution,
				operation, number, begun.startedAt(), this.clock.get(), begun.replayed(), replayingChildren, error));
	}

	private OperationInfo info(OperationState state) {
		Payload result = state.status().isTerminal() ? state.payload() : null;
		OperationState.Facts facts = state.facts();
		return new OperationInfo(this.execution, state.operation(), state.status(), state.attempt(), facts.startedAt(),
				state.status().isTerminal() ? facts.changedAt() : null, (result != null) ? text(result) : null,
				read(state.error()), this.recordedBefore.contains(state.operation().id()));
	}

	/** Listeners must neither wait for what is kept elsewhere nor fail an invocation. */
	private static @Nullable String text(Payload result) {
		try {
			return isNear(result) ? result.text() : null;
		}
		catch (PayloadSealedException ex) {
			return null;
		}
	}

	private static boolean isNear(Payload payload) {
		return payload.isLoaded() || payload.source() == null || !payload.source().isOffloaded();
	}

	private @Nullable ErrorObject read(@Nullable Payload error) {
		try {
			if (error != null && !isNear(error)) {
				return ErrorObject.of("Unknown", "The recorded error is kept apart from the history");
			}
			return (error != null) ? this.errors.decode(error) : null;
		}
		catch (RuntimeException ex) {
			return ErrorObject.of(ex.getClass().getName(), "The recorded error cannot be read");
		}
	}

	/**
	 * Who watches executions.
	 *
	 * @param listeners the listeners
	 * @param errors how errors are read
	 */
	public record Observers(DurableListeners listeners, ErrorCodec errors) {

	}

	/** Learns how an attempt ended. */
	@FunctionalInterface
	public interface Attempt {

		/**
		 * The code has ended.
		 * @param error what it threw, or {@code null}
		 */
		void ended(@Nullable Throwable error);

	}

	private final class Operations extends AbstractMap<OperationId, OperationInfo> {

		@Override
		public @Nullable OperationInfo get(Object id) {
			OperationState state = Observation.this.states.get(id);
			return (state != null) ? info(state) : null;
		}

		@Override
		public boolean containsKey(Object id) {
			return Observation.this.states.containsKey(id);
		}

		@Override
		public int size() {
			return Observation.this.states.size();
		}

		@Override
		public Set<Entry<OperationId, OperationInfo>> entrySet() {
			return Observation.this.states.values()
				.stream()
				.map((state) -> Map.entry(state.operation().id(), info(state)))
				.collect(Collectors.toUnmodifiableSet());
		}

	}

}
