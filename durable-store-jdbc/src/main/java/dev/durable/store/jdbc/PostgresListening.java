package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreUnavailableException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for notifications on a connection and a thread of its own, until closed.
 */
final class PostgresListening implements SignallingStore.Listening, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(PostgresListening.class);

	/** How long a read waits: the longest that a closed listener keeps its connection. */
	private static final Duration READ = Duration.ofMillis(250);

	/** After so many reads without news the connection is looked at, about every 20 s. */
	private static final int SILENT_READS = 80;

	private static final int VALIDATION_SECONDS = 5;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final Database database;

	private final Consumer<ExecutionId> listener;

	private final CountDownLatch closed = new CountDownLatch(1);

	/** Only the listening thread's. */
	private Duration pause = FIRST_PAUSE;

	PostgresListening(Database database, Consumer<ExecutionId> listener) {
		this.database = database;
		this.listener = listener;
	}

	/** Start listening on a new thread, which ends at once on other databases. */
	void start() {
		Thread thread = new Thread(this, "durable-signals");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		while (!isClosed()) {
			try {
				if (!this.database.dialect().notifies()) {
					return;
				}
				listen();
			}
			catch (SQLException | StoreUnavailableException ex) {
				if (!pause(ex)) {
					return;
				}
			}
		}
	}

	private void listen() throws SQLException {
		try (Connection fresh = this.database.open()) {
			subscribe(fresh);
			this.pause = FIRST_PAUSE;
			receive(fresh);
		}
	}

	/**
	 * The thread gives its connection back by itself: cutting it off would look like a
	 * failure.
	 */
	@Override
	public void close() {
		this.closed.countDown();
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	private void subscribe(Connection fresh) throws SQLException {
		String channel = this.database.settings().tables().apply("durable_signal");
		try (Statement statement = fresh.createStatement()) {
			statement.execute("listen \"" + channel + "\"");
		}
	}

	private void receive(Connection open) throws SQLException {
		PGConnection postgres = open.unwrap(PGConnection.class);
		int silentReads = 0;
		while (!isClosed()) {
			PGNotification[] notifications = postgres.getNotifications((int) READ.toMillis());
			if (notifications == null || notifications.length == 0) {
				silentReads++;
				if (silentReads % SILENT_READS == 0 && !open.isValid(VALIDATION_SECONDS)) {
					throw new SQLException("The listening connection is dead");
				}
				continue;
			}
			for (PGNotification notification : notifications) {
				tell(notification.getParameter());
			}
		}
	}

	private void tell(String parameter) {
		try {
			SignalListeners.tell(this.listener, new ExecutionId(parameter));
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Somebody else's notification", ex);
		}
	}

	/** Wait before the next attempt; {@code false} if there shall be none. */
	private boolean pause(Exception reason) {
		Duration current = this.pause;
		this.pause = (current.compareTo(LONGEST_PAUSE) < 0) ? current.multipliedBy(2) : current;
		try {
			if (!isClosed()) {
				logger.debug("Cannot listen; signals are found by polling for {}", current, reason);
			}
			return !this.closed.await(current.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
