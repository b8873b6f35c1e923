package dev.durable.store.dynamodb;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.Signal;
import dev.durable.store.SignallingStore.Listening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know about signals that this store object has sent itself. DynamoDB tells
 * nobody, so other nodes find them by polling. Thread-safe.
 */
final class SignalListeners {

	private static final Logger logger = LoggerFactory.getLogger(SignalListeners.class);

	private final List<Consumer<ExecutionId>> listeners = new CopyOnWriteArrayList<>();

	Listening listen(Consumer<ExecutionId> listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	void sent(Collection<Signal> signals) {
		for (Signal signal : signals) {
			this.listeners.forEach((listener) -> tell(listener, signal.execution()));
		}
	}

	/** A listener's failure is its own: the signal is durable and found by polling. */
	private static void tell(Consumer<ExecutionId> listener, ExecutionId execution) {
		try {
			listener.accept(execution);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed on a signal for execution '{}'", execution, ex);
		}
	}

}
