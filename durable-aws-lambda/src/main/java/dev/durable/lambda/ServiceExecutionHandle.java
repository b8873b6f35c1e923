package dev.durable.lambda;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.durable.DurableException;
import dev.durable.ErrorObject;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionTimeoutException;
import dev.durable.HistoryEvent;
import dev.durable.IllegalDurableCallException;
import dev.durable.codec.Payload;
import dev.durable.context.CurrentExecution;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;

/**
 * A hold on an execution that the service keeps.
 *
 * @param <T> the result
 */
final class ServiceExecutionHandle<T extends @Nullable Object> implements ExecutionHandle<T> {

	/** How often a waiting thread looks, at first and at most. */
	private static final Duration FIRST_LOOK = Duration.ofMillis(250);

	private static final Duration SLOWEST_LOOK = Duration.ofSeconds(5);

	/** The service's own limit for a page of a history. */
	private static final int PAGE = 1000;

	private final ServiceClient client;

	private final ExecutionId id;

	private final Function<GetDurableExecutionResponse, Type> type;

	ServiceExecutionHandle(ServiceClient client, ExecutionId id, Function<GetDurableExecutionResponse, Type> type) {
		this.client = client;
		this.id = id;
		this.type = type;
	}

	@Override
	public ExecutionId id() {
		return this.id;
	}

	@Override
	public ExecutionStatus status() {
		return status(look(false));
	}

	private GetDurableExecutionResponse look(boolean withData) {
		return this.client.service()
			.call("GetDurableExecution", this.id, (lambda) -> lambda.getDurableExecution(
					(request) -> request.durableExecutionArn(this.id.value()).includeExecutionData(withData)));
	}

	private static ExecutionStatus status(GetDurableExecutionResponse execution) {
		return ExecutionStatus.valueOf(execution.statusAsString());
	}

	@Override
	public T result(Duration timeout) {
		if (CurrentExecution.isActive()) {
			throw new IllegalDurableCallException(
					("Waiting for execution '%s' inside an execution would hold its thread "
							+ "and may wait for itself. Use DurableContext.invoke instead.")
						.formatted(this.id));
		}
		PollPace pace = this.client.pace();
		long end = pace.nanoTime() + timeout.toNanos();
		Duration pause = FIRST_LOOK;
		while (true) {
			GetDurableExecutionResponse now = look(true);
			if (status(now).isTerminal()) {
				return result(now);
			}
			Duration left = Duration.ofNanos(end - pace.nanoTime());
			if (left.isNegative() || left.isZero()) {
				throw new ExecutionTimeoutException(this.id, timeout);
			}
			pause(pace, (pause.compareTo(left) < 0) ? pause : left);
			Duration doubled = pause.multipliedBy(2);
			pause = (doubled.compareTo(SLOWEST_LOOK) < 0) ? doubled : SLOWEST_LOOK;
		}
	}

	private void pause(PollPace pace, Duration pause) {
		try {
			pace.pause(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DurableException(
					"The thread was interrupted while it waited for execution '%s', which goes on".formatted(this.id),
					ex);
		}
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	private T result(GetDurableExecutionResponse ended) {
		ExecutionStatus status = status(ended);
		if (status == ExecutionStatus.SUCCEEDED) {
			Payload payload = (ended.result() != null) ? WireText.read(ended.result()) : null;
			return (T) this.client.payloads()
				.decode("The result of execution '%s'".formatted(this.id), payload, this.type.apply(ended));
		}
		ErrorObject error = (ended.error() != null) ? WireErrors.read(ended.error())
				: ErrorObject.of("Execution." + status, null);
		throw new ExecutionFailedException(this.id, status, error, this.client.errors().rebuild(error));
	}

	@Override
	public List<HistoryEvent> history() {
		List<HistoryEvent> events = new ArrayList<>();
		String marker = null;
		do {
			GetDurableExecutionHistoryResponse page = page(marker);
			page.events().stream().map(ServiceHistory::show).forEach(events::add);
			marker = ServiceClient.marker(page.nextMarker());
		}
		while (marker != null);
		return List.copyOf(events);
	}

	private GetDurableExecutionHistoryResponse page(@Nullable String marker) {
		return this.client.service()
			.call("GetDurableExecutionHistory", this.id,
					(lambda) -> lambda
						.getDurableExecutionHistory((request) -> request.durableExecutionArn(this.id.value())
							.includeExecutionData(true)
							.maxItems(PAGE)
							.marker(marker)));
	}

	@Override
	public boolean stop(String reason) {
		if (status().isTerminal()) {
			return false;
		}
		ErrorObject error = ErrorObject.of("Execution.Stopped", reason);
		try {
			this.client.service()
				.call("StopDurableExecution", this.id, (lambda) -> lambda.stopDurableExecution(
						(request) -> request.durableExecutionArn(this.id.value()).error(WireErrors.write(error))));
			return status() == ExecutionStatus.STOPPED;
		}
		catch (DurableException ex) {
			// It may have ended between the look and the stop, which is no failure.
			if (status().isTerminal()) {
				return false;
			}
			throw ex;
		}
	}

}
