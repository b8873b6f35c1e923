package dev.durable.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import dev.durable.store.CallbackRow;
import dev.durable.store.Effects;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;

/**
 * Turns updates into events, and mints what a service mints: attempts, due times,
 * callback ids.
 */
final class UpdateWriter {

	private final Host host;

	private final ExecutionId execution;

	private final OperationFold fold;

	/** Attempts of steps whose start is not durable yet. */
	private final Map<OperationId, Integer> started = new ConcurrentHashMap<>();

	UpdateWriter(Host host, ExecutionId execution, OperationFold fold) {
		this.host = host;
		this.execution = execution;
		this.fold = fold;
	}

	EventDraft write(OperationUpdate update) {
		Instant now = this.host.store().clock().instant();
		return switch (update.operation().subType().type()) {
			case STEP -> step(update, now);
			case CONTEXT -> context(update, now);
			case WAIT -> wait(update, now);
			case CALLBACK -> callback(update, now);
			case CHAINED_INVOKE -> invoke(update, now);
			case EXECUTION -> throw unexpected(update);
		};
	}

	private EventDraft step(OperationUpdate update, Instant now) {
		OperationId id = update.operation().id();
		return switch (update.action()) {
			case START -> {
				OperationState former = this.fold.get(id);
				int attempt = ((former != null) ? former.attempt() : 0) + 1;
				this.started.put(id, attempt);
				yield draft(EventType.STEP_STARTED, update, now, EventDetails.NONE.with(Details.ATTEMPT, attempt));
			}
			case SUCCEED -> draft(EventType.STEP_SUCCEEDED, update, now, attempt(id));
			case FAIL -> draft(EventType.STEP_FAILED, update, now, attempt(id));
			case RETRY -> {
				UpdateOptions.RetryAfter retry = options(update, UpdateOptions.RetryAfter.class);
				yield draft((update.error() != null) ? EventType.STEP_FAILED : EventType.STEP_SUCCEEDED, update, now,
						attempt(id).with(Details.DELAY, retry.delay()).with(Details.DUE_AT, now.plus(retry.delay())));
			}
			case CANCEL -> throw unexpected(update);
		};
	}

	private EventDetails attempt(OperationId id) {
		Integer attempt = this.started.get(id);
		OperationState former = this.fold.get(id);
		return EventDetails.NONE.with(Details.ATTEMPT,
				(attempt != null) ? attempt : (former != null) ? former.attempt() : 1);
	}

	private EventDraft context(OperationUpdate update, Instant now) {
		return switch (update.action()) {
			case START -> draft(EventType.CONTEXT_STARTED, update, now, EventDetails.NONE);
			case SUCCEED -> draft(EventType.CONTEXT_SUCCEEDED, update, now,
					(update.options() instanceof UpdateOptions.ReplayChildren)
							? EventDetails.NONE.with(Details.REPLAY_CHILDREN, true) : EventDetails.NONE);
			case FAIL -> draft(EventType.CONTEXT_FAILED, update, now, EventDetails.NONE);
			case RETRY, CANCEL -> throw unexpected(update);
		};
	}

	private EventDraft wait(OperationUpdate update, Instant now) {
		return switch (update.action()) {
			case START -> {
				UpdateOptions.WaitFor wait = options(update, UpdateOptions.WaitFor.class);
				yield draft(EventType.WAIT_STARTED, update, now,
						EventDetails.NONE.with(Details.DURATION, wait.duration())
							.with(Details.DUE_AT, now.plus(wait.duration())));
			}
			case CANCEL -> draft(EventType.WAIT_CANCELLED, update, now, EventDetails.NONE);
			case SUCCEED, FAIL, RETRY -> throw unexpected(update);
		};
	}

	private EventDraft callback(OperationUpdate update, Instant now) {
		UpdateOptions.Timeouts timeouts = options(update, UpdateOptions.Timeouts.class);
		CallbackId id = CallbackId.random();
		Instant timeoutAt = timeouts.timeout().isZero() ? null : now.plus(timeouts.timeout());
		boolean beats = !timeouts.heartbeatTimeout().isZero();
		Instant heartbeatAt = beats ? now.plus(timeouts.heartbeatTimeout()) : null;
		CallbackRow row = new CallbackRow(id.key(), this.execution, update.operation().id(),
				new CallbackRow.Deadlines(timeoutAt, beats ? timeouts.heartbeatTimeout() : null, heartbeatAt),
				CallbackRow.Outcome.PENDING);
		EventDetails details = EventDetails.NONE.with(Details.CALLBACK, id.lookup())
			.with(Details.TIMEOUT, (timeoutAt != null) ? timeouts.timeout() : null)
			.with(Details.HEARTBEAT_TIMEOUT, beats ? timeouts.heartbeatTimeout() : null)
			.with(Details.DUE_AT, earlier(timeoutAt, heartbeatAt));
		// Replay must hand out the same id, so it is kept as a payload, which a codec may
		// encrypt.
		Payload text = this.host.payloads().codec().encode(id.text(), String.class);
		return new EventDraft(EventType.CALLBACK_STARTED, now, update.operation(),
				new EventContent(text, null, details), new Effects(List.of(row), List.of(), List.of(), false));
	}

	private EventDraft invoke(OperationUpdate update, Instant now) {
		return switch (update.action()) {
			case START -> startInvoke(update, now);
			// A host found nothing that it could have started.
			case FAIL -> draft(EventType.CHAINED_INVOKE_FAILED, update, now, EventDetails.NONE);
			case SUCCEED, RETRY, CANCEL -> throw unexpected(update);
		};
	}

	private EventDraft startInvoke(OperationUpdate update, Instant now) {
		UpdateOptions.Invoke invoke = options(update, UpdateOptions.Invoke.class);
		String version = this.host.functions().current(invoke.function()).id().version();
		return draft(EventType.CHAINED_INVOKE_STARTED, update, now,
				EventDetails.NONE.with(Details.FUNCTION, invoke.function())
					.with(Details.VERSION, version)
					.with(Details.TENANT, invoke.tenantId())
					.with(Details.EXECUTION, ExecutionIds.child(this.execution, update.operation().id())));
	}

	private static EventDraft draft(EventType type, OperationUpdate update, Instant now, EventDetails details) {
		return new EventDraft(type, now, update.operation(),
				new EventContent(update.payload(), update.error(), details));
	}

	static @Nullable Instant earlier(@Nullable Instant left, @Nullable Instant right) {
		if (left == null || right == null) {
			return (left != null) ? left : right;
		}
		return left.isBefore(right) ? left : right;
	}

	private static <T extends UpdateOptions> T options(OperationUpdate update, Class<T> type) {
		if (!type.isInstance(update.options())) {
			throw unexpected(update);
		}
		return type.cast(update.options());
	}

	private static IllegalArgumentException unexpected(OperationUpdate update) {
		return new IllegalArgumentException("%s must not be updated with %s and %s".formatted(update.operation(),
				update.action(), update.options()));
	}

}
