package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.TransactionalStore.Completion;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction that Spring has begun for the calling thread on the application's
 * DataSource.
 *
 * @param dataSource the application's DataSource
 * @param database where the append's dialect is known
 */
record CallerTransaction(DataSource dataSource, Database database) {

	boolean isActive() {
		return holder() != null;
	}

	void append(Append append) {
		ConnectionHolder holder = required();
		SqlDialect dialect = this.database.dialect();
		AppendGroup rows = AppendGroup.of(List.of(append));
		Interrupts.run(() -> {
			try {
				dialect.writing().appends().write(holder.getConnection(), this.database.settings().tables(), rows);
			}
			catch (SQLException ex) {
				// half an append must not be committed by a caller that goes on
				holder.setRollbackOnly();
				if (dialect.errors().isConflict(ex)) {
					throw new AppendConflictException(append.execution(), append.firstPosition());
				}
				throw new StoreUnavailableException(
						"Could not append position %d of execution '%s' in the transaction"
							.formatted(append.firstPosition(), append.execution()),
						dialect.errors().explained(ex, rows.payloadBytes()));
			}
		});
	}

	void onCompletion(Runnable beforeCommit, Consumer<Completion> afterCompletion) {
		required();
		TransactionSynchronizationManager
			.registerSynchronization(new CompletionSynchronization(beforeCommit, afterCompletion));
	}

	void afterCommit(Runnable callback) {
		onCompletion(() -> {
		}, (completion) -> {
			if (completion == Completion.COMMITTED) {
				callback.run();
			}
		});
	}

	private ConnectionHolder required() {
		ConnectionHolder holder = holder();
		if (holder == null) {
			throw new IllegalStateException("The calling thread has no active transaction on the store's DataSource");
		}
		return holder;
	}

	private @Nullable ConnectionHolder holder() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()
				|| TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			return null;
		}
		DataSource candidate = this.dataSource;
		while (candidate != null) {
			// a transaction manager binds what it was given, perhaps without a proxy
			if (TransactionSynchronizationManager.getResource(candidate) instanceof ConnectionHolder holder) {
				return isTransactional(holder) ? holder : null;
			}
			candidate = (candidate instanceof DelegatingDataSource proxy) ? proxy.getTargetDataSource() : null;
		}
		return null;
	}

	/**
	 * A transaction on another resource also binds connections, but these commit at once.
	 */
	private static boolean isTransactional(ConnectionHolder holder) {
		try {
			return !holder.getConnection().getAutoCommit();
		}
		catch (SQLException ex) {
			throw new StoreUnavailableException("Could not look at the transaction's connection", ex);
		}
	}

	/** Runs after everything that was registered before it. */
	private record CompletionSynchronization(Runnable first,
			Consumer<Completion> second) implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.first.run();
		}

		@Override
		public void afterCompletion(int status) {
			this.second.accept(switch (status) {
				case STATUS_COMMITTED -> Completion.COMMITTED;
				case STATUS_ROLLED_BACK -> Completion.ROLLED_BACK;
				default -> Completion.UNKNOWN;
			});
		}

	}

}
