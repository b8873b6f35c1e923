package dev.durable.docs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.OperationInfo;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

@Component
@Order(1)
class Watchman implements DurableListener {

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	private final Map<String, Duration> durations = new ConcurrentHashMap<>();

	private final List<String> failed = new CopyOnWriteArrayList<>();

	@Override
	public void onAttemptEnd(AttemptInfo attempt) {
		if (attempt.error() != null) {
			this.failures.merge(attempt.operation().toString(), 1, Integer::sum);
		}
	}

	@Override
	public void onOperationEnd(OperationInfo operation) {
		if (operation.endedAt() != null) {
			this.durations.put(operation.operation().toString(),
					Duration.between(operation.startedAt(), operation.endedAt()));
		}
	}

	@Override
	public void onInvocationEnd(InvocationEndInfo info) {
		if (info.status().isTerminal() && info.error() != null) {
			this.failed.add(info.invocation().execution() + ": " + info.error().errorType());
		}
	}

	Map<String, Integer> failures() {
		return this.failures;
	}

	Map<String, Duration> durations() {
		return this.durations;
	}

	List<String> failed() {
		return this.failed;
	}

}
