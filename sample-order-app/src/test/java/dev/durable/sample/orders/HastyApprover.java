package dev.durable.sample.orders;

import java.util.concurrent.CompletableFuture;

import dev.durable.DurableClient;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;

/** Approves as soon as it is asked, so that the answer meets the order suspending. */
@TestComponent
@Primary
class HastyApprover implements Approver {

	private final Approvals approvals;

	private final DurableClient durable;

	HastyApprover(Approvals approvals, DurableClient durable) {
		this.approvals = approvals;
		this.durable = durable;
	}

	@Override
	public void ask(Order order) {
		String callbackId = this.approvals.callbackId(order.id()).orElseThrow();
		CompletableFuture.runAsync(() -> this.durable.callbacks().succeed(callbackId, new Approval(true, "In haste")));
	}

}
