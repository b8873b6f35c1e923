package dev.durable.spring;

import dev.durable.IllegalDurableCallException;
import dev.durable.embedded.CallGuard;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses durable calls while the calling thread has a Spring transaction: the execution
 * may suspend there for days, and the journal would not roll back with it. Needs
 * {@code spring-tx}. Thread-safe.
 */
public final class TransactionCallGuard implements CallGuard {

	/** Create the guard. */
	public TransactionCallGuard() {
	}

	@Override
	public void check(String call) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			String name = TransactionSynchronizationManager.getCurrentTransactionName();
			throw new IllegalDurableCallException(("%s was called while transaction %s is active on this thread. "
					+ "A transaction cannot stay open while an execution is recorded, suspended and replayed. "
					+ "Put @Transactional on the step methods, or end the transaction before the call.")
				.formatted(call, (name != null) ? "'" + name + "'" : "(unnamed)"));
		}
	}

}
