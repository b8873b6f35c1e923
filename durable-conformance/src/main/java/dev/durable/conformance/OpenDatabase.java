package dev.durable.conformance;

import java.time.Instant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionSummary;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.tck.VirtualTime;

/** A database that this process has open, and a clock that goes on where it stopped. */
final class OpenDatabase implements AutoCloseable {

	private final HikariDataSource pool;

	private final VirtualTime time;

	private final JdbcCheckpointStore store;

	OpenDatabase(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(8);
		config.setMinimumIdle(1);
		this.pool = new HikariDataSource(config);
		this.time = new VirtualTime(lastEvent());
		this.store = JdbcCheckpointStore.builder(this.pool).initializeSchema(true).clock(this.time).build();
	}

	/** When a former process wrote last. */
	private Instant lastEvent() {
		Instant start = new VirtualTime().instant();
		try (JdbcCheckpointStore former = JdbcCheckpointStore.builder(this.pool).initializeSchema(true).build()) {
			ExecutionQueries queries = former.queries();
			return queries.list(ExecutionQuery.all().withLimit(1000))
				.executions()
				.stream()
				.map(ExecutionSummary::id)
				.flatMap((id) -> queries.history(id, 0, Integer.MAX_VALUE).stream())
				.map(Event::timestamp)
				.reduce(start, (left, right) -> left.isAfter(right) ? left : right);
		}
	}

	VirtualTime time() {
		return this.time;
	}

	/** Return a process on this database. */
	EngineProcess process(Handlers handlers, Runnable death) {
		EngineProcess process = new EngineProcess(this.store, this.store.queries(), this.time, handlers, death);
		handlers.exit().enter(process);
		return process;
	}

	@Override
	public void close() {
		this.store.close();
		this.pool.close();
	}

}
