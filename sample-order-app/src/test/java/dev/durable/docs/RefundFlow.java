package dev.durable.docs;

import java.math.BigDecimal;

import dev.durable.CallbackOptions;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.ValueCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

@Service
class RefundFlow {

	/** The bank tells amounts in cents. */
	static final ValueCodec<BigDecimal> CENTS = ValueCodec.of(
			(amount) -> amount.movePointRight(2).toBigIntegerExact().toString(),
			(cents) -> new BigDecimal(cents).movePointLeft(2));

	private final DurableContext durable;

	private final Cashier cashier;

	RefundFlow(DurableContext durable, Cashier cashier) {
		this.durable = durable;
		this.cashier = cashier;
	}

	@DurableFunction(name = "refund")
	String refund(String order) {
		DurableCallback<@Nullable BigDecimal> refunded = this.durable.createCallback("refunded", BigDecimal.class,
				CallbackOptions.defaults().withCodec(CENTS));
		this.cashier.refund(order, refunded.callbackId());
		BigDecimal amount = refunded.get();
		return (amount != null) ? "Refunded " + amount : "Nothing to refund";
	}

}
