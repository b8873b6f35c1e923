package dev.durable.sample.orders;

import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.sample.orders.OrderOutcome.Result;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens to an order, from stock to door. */
@Service
class OrderFlow {

	private final DurableContext durable;

	private final OrderProperties properties;

	private final Stock stock;

	private final Payments payments;

	private final Shipping shipping;

	private final Approvals approvals;

	private final Approver approver;

	OrderFlow(DurableContext durable, OrderProperties properties, Stock stock, Payments payments, Shipping shipping,
			Approvals approvals, Approver approver) {
		this.durable = durable;
		this.properties = properties;
		this.stock = stock;
		this.payments = payments;
		this.shipping = shipping;
		this.approvals = approvals;
		this.approver = approver;
	}

	@DurableFunction(name = "process-order")
	OrderOutcome process(Order order) {
		if (!this.stock.reserve(order)) {
			return new OrderOutcome(Result.OUT_OF_STOCK, "Nothing was charged");
		}
		try {
			this.payments.charge(order);
		}
		catch (PaymentException ex) {
			this.stock.release(order);
			return new OrderOutcome(Result.DECLINED, "The card was not charged");
		}
		this.durable.wait("cooling-off", this.properties.coolingOff());
		try {
			Approval approval = approval(order);
			if (!approval.granted()) {
				return callOff(order, Result.REFUSED, approval.reason());
			}
		}
		catch (CallbackTimedOutException ex) {
			return callOff(order, Result.APPROVAL_TIMED_OUT, "Nobody approved the order in time");
		}
		return new OrderOutcome(Result.SHIPPED, this.shipping.ship(order));
	}

	private Approval approval(Order order) {
		if (order.amountCents() < this.properties.approvalLimitCents()) {
			return new Approval(true, "Small orders need no approval");
		}
		DurableCallback<Approval> answer = this.durable.createCallback("approval", Approval.class,
				CallbackOptions.defaults().withTimeout(this.properties.approvalTimeout()));
		rememberApproval(order, answer.callbackId());
		askApprover(order);
		return answer.get();
	}

	/** Called on {@code this}, and a step with a transaction all the same. */
	@DurableStep(name = "remember-approval")
	@Transactional
	void rememberApproval(Order order, String callbackId) {
		this.approvals.remember(order.id(), callbackId);
	}

	@DurableStep(name = "ask-approver")
	void askApprover(Order order) {
		this.approver.ask(order);
	}

	private OrderOutcome callOff(Order order, Result result, String reason) {
		return this.durable.runInChildContext("call-off", OrderOutcome.class, (child) -> {
			this.payments.refund(order);
			this.stock.release(order);
			return new OrderOutcome(result, reason);
		});
	}

}
