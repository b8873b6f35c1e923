package dev.durable.sample.orders;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;

/** Lets a test wait until an order asks for its approval. */
@TestComponent
@Primary
class RecordingApprover implements Approver {

	private final Map<String, CompletableFuture<Order>> asked = new ConcurrentHashMap<>();

	@Override
	public void ask(Order order) {
		of(order.id()).complete(order);
	}

	void awaitQuestion(String orderId) throws Exception {
		of(orderId).get(30, TimeUnit.SECONDS);
	}

	private CompletableFuture<Order> of(String orderId) {
		return this.asked.computeIfAbsent(orderId, (id) -> new CompletableFuture<>());
	}

}
