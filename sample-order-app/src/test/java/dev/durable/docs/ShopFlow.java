package dev.durable.docs;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class ShopFlow {

	private final DurableContext durable;

	private final ParcelFlow parcels;

	ShopFlow(DurableContext durable, ParcelFlow parcels) {
		this.durable = durable;
		this.parcels = parcels;
	}

	@DurableFunction(name = "sell")
	String sell(String item) {
		return this.parcels.send(item);
	}

	@DurableFunction(name = "sell-by-name")
	String sellByName(String item) {
		return this.durable.invoke("send", "send-parcel", item, String.class);
	}

}
