package dev.durable.docs;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class ParcelFlow {

	private final DurableContext durable;

	ParcelFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "send-parcel")
	String send(String item) {
		return this.durable.step("wrap", String.class, (step) -> "Parcel with " + item);
	}

	@DurableFunction(name = "price-parcel")
	long price(int grams) {
		return 300 + grams / 10;
	}

}
