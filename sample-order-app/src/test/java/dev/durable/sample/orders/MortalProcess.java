package dev.durable.sample.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableClient;
import dev.durable.ExecutionTimeoutException;
import dev.durable.HistoryEvent;
import dev.durable.store.tck.CrashPoint;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DuplicateKeyException;

/** One run of the order service that may die on the way, on a database that does not. */
final class MortalProcess implements AutoCloseable {

	/** A crash point that no test reaches. */
	static final CrashPoint NEVER = new CrashPoint(Integer.MAX_VALUE, CrashPoint.Moment.BEFORE);

	private final MortalStore store;

	private final ConfigurableApplicationContext context;

	private final boolean transactional;

	MortalProcess(Storage storage, CrashPoint crashPoint) {
		this.store = new MortalStore(crashPoint, storage.type());
		this.transactional = storage.isTransactional();
		this.context = new SpringApplicationBuilder(OrderApplication.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.addBeanFactoryPostProcessor(this.store), storage)
			.run(Stream.concat(Stream.of("--spring.datasource.url=" + storage.jdbcUrl(), "--orders.cooling-off=20ms",
					"--orders.card-failure-rate=0", "--durable.worker.heartbeat-interval=100ms",
					"--durable.worker.node-timeout=400ms", "--durable.worker.poll-interval=50ms",
					"--spring.lifecycle.timeout-per-shutdown-phase=100ms", "--durable.worker.shutdown-timeout=1s",
					"--durable.store.jdbc.initialize-schema=always", "--spring.main.banner-mode=off"),
					storage.properties().stream())
				.toArray(String[]::new));
	}

	boolean isTransactional() {
		return this.transactional;
	}

	boolean isDead() {
		return this.store.isDead();
	}

	/** Place an order, as a customer who was not answered would do again. */
	void place(Order order) {
		try {
			bean(Orders.class).place(order);
		}
		catch (DuplicateKeyException ex) {
			// It was placed by a process that died before it could say so.
			return;
		}
	}

	/** Grant the approval if the order waits for it. */
	void approve(Order order) {
		bean(Approvals.class).callbackId(order.id()).ifPresent((callbackId) -> {
			try {
				bean(DurableClient.class).callbacks().succeed(callbackId, new Approval(true, "Approved"));
			}
			catch (CallbackAlreadyCompletedException ex) {
				// Granted before.
				return;
			}
		});
	}

	/** Return the outcome if there is one soon, or {@code null}. */
	OrderOutcome outcome(Order order) {
		try {
			return bean(Orders.class).execution(order.id()).result(Duration.ofMillis(100));
		}
		catch (ExecutionTimeoutException ex) {
			return null;
		}
	}

	List<HistoryEvent> history(Order order) {
		return bean(Orders.class).execution(order.id()).history();
	}

	Map<String, Long> effects(Order order) {
		return bean(Audits.class).effects(order.id());
	}

	Audit audit() {
		return bean(Audits.class).audit();
	}

	private <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
