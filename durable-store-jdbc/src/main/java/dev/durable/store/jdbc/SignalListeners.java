package dev.durable.store.jdbc;

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
 * Who wants to know about signals. Where the database tells all nodes, each listener gets
 * a connection for that; elsewhere the store tells its own listeners what it has inserted
 * itself. Thread-safe.
 */
final class SignalListeners {

	private static final Logger logger = LoggerFactory.getLogger(SignalListeners.class);

	private final Database database;

	private final List<Consumer<ExecutionId>> listeners = new CopyOnWriteArrayList<>();

	SignalListeners(Database database) {
		this.database = database;
	}

	Listening listen(Consumer<ExecutionId> listener) {
		this.listeners.add(listener);
		PostgresListening everywhere = new PostgresListening(this.database, listener);
		everywhere.start();
		return () -> {
			this.listeners.remove(listener);
			everywhere.close();
		};
	}

	/**
	 * Say that signals have been committed.
	 * @param signals the signals
	 */
	void committed(Collection<Signal> signals) {
		if (!signals.isEmpty() && !this.listeners.isEmpty() && !this.database.dialect().notifies()) {
			for (Signal signal : signals) {
				this.listeners.forEach((listener) -> tell(listener, signal.execution()));
			}
		}
	}

	/** A listener's failure is its own: the signal is durable and found by polling. */
	static void tell(Consumer<ExecutionId> listener, ExecutionId execution) {
		try {
			listener.accept(execution);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed on a signal for execution '{}'", execution, ex);
		}
	}

}
