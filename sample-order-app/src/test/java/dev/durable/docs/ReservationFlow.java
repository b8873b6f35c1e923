package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;

import org.springframework.stereotype.Service;

@Service
class ReservationFlow {

	private final DurableContext durable;

	private final Cashier cashier;

	ReservationFlow(DurableContext durable, Cashier cashier) {
		this.durable = durable;
		this.cashier = cashier;
	}

	@DurableFunction(name = "hold-seats")
	String hold(String reservation, Duration deadline) {
		DurableCallback<String> payment = this.durable.createCallback("payment", String.class);
		this.cashier.ask(reservation, payment.callbackId());
		DurableFuture<String> expiry = this.durable.runInChildContextAsync("expiry", String.class, (child) -> {
			child.wait("deadline", deadline);
			return "expired";
		});
		DurableFuture<String> first = this.durable.anyOf("paid-or-expired", List.of(payment, expiry));
		return (first == payment) ? "Paid by " + first.get() : "Released";
	}

	@DurableFunction(name = "deliver-tickets")
	List<String> deliver(String reservation) {
		DurableFuture<String> parcel = this.durable.invokeAsync("send", "send-parcel", reservation,
				TypeRef.of(String.class), InvokeOptions.defaults());
		DurableFuture<String> mail = this.durable.stepAsync("mail", String.class,
				(step) -> "Mail about " + reservation);
		return DurableFuture.allOf(List.of(parcel, mail));
	}

}
