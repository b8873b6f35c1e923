package dev.durable.lambda.emulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of executions while they are invoked, beside what is recorded.
 * Thread-safe.
 */
final class LiveExecutions {

	private final Map<ExecutionId, CheckpointSession> sessions = new ConcurrentHashMap<>();

	private final Map<ExecutionId, KnownOperations> former = new ConcurrentHashMap<>();

	private final Map<ExecutionId, AtomicInteger> calls = new ConcurrentHashMap<>();

	/** What the running invocation may record, or null if none runs. */
	@Nullable CheckpointSession session(ExecutionId id) {
		return this.sessions.get(id);
	}

	void opened(ExecutionId id, CheckpointSession session) {
		this.sessions.put(id, session);
	}

	void closed(ExecutionId id, CheckpointSession session) {
		session.close();
		this.sessions.remove(id, session);
	}

	/**
	 * Take note of what an invocation knows.
	 * @return what the invocation before it was never told of
	 */
	Set<String> invoked(ExecutionId id, KnownOperations operations) {
		KnownOperations before = this.former.put(id, operations);
		return (before != null) ? before.news() : Set.of();
	}

	/** Count checkpoints. */
	int nextCall(ExecutionId id) {
		return this.calls.computeIfAbsent(id, (any) -> new AtomicInteger()).incrementAndGet();
	}

	/** An execution has ended. */
	void ended(ExecutionId id) {
		this.former.remove(id);
		this.calls.remove(id);
	}

}
