package dev.durable.store.memory;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.SignallingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know of signals. Thread-safe. */
final class MemoryListeners {

	private static final Logger logger = LoggerFactory.getLogger(MemoryListeners.class);

	private final List<Registration> registrations = new CopyOnWriteArrayList<>();

	SignallingStore.Listening add(Consumer<ExecutionId> listener) {
		Registration registration = new Registration(listener);
		this.registrations.add(registration);
		return () -> this.registrations.remove(registration);
	}

	/** Tell everybody; nobody's failure reaches the writer, whose write has happened. */
	void tell(Collection<ExecutionId> signalled) {
		for (ExecutionId execution : signalled) {
			for (Registration registration : this.registrations) {
				try {
					registration.listener.accept(execution);
				}
				catch (RuntimeException ex) {
					logger.warn("A listener failed on a signal for execution '{}'; polling will find it", execution,
							ex);
				}
			}
		}
	}

	/** Its identity tells two registrations of one listener apart. */
	private static final class Registration {

		private final Consumer<ExecutionId> listener;

		Registration(Consumer<ExecutionId> listener) {
			this.listener = listener;
		}

	}

}
