package dev.durable.docs;

import java.math.BigDecimal;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.InvokeFailedException;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;

import org.springframework.stereotype.Service;

@Service
class ShopFlow {

	private static final ValueCodec<BigDecimal> GRAMS = ValueCodec.of(
			(kilos) -> kilos.movePointRight(3).toBigInteger().toString(),
			(grams) -> new BigDecimal(grams).movePointLeft(3));

	private static final ValueCodec<BigDecimal> CENTS = ValueCodec.of(
			(euros) -> euros.movePointRight(2).toBigInteger().toString(),
			(cents) -> new BigDecimal(cents).movePointLeft(2));

	private final DurableContext durable;

	private final ParcelFlow parcels;

	private final TripFlow trips;

	ShopFlow(DurableContext durable, ParcelFlow parcels, TripFlow trips) {
		this.durable = durable;
		this.parcels = parcels;
		this.trips = trips;
	}

	@DurableFunction(name = "sell")
	String sell(String item) {
		return this.parcels.send(item);
	}

	@DurableFunction(name = "sell-by-name")
	String sellByName(String item) {
		return this.durable.invoke("send", "send-parcel", item, String.class);
	}

	@DurableFunction(name = "ask-price")
	BigDecimal askPrice(BigDecimal kilos) {
		InvokeOptions options = InvokeOptions.defaults()
			.withTenantId("north")
			.withPayloadCodec(GRAMS)
			.withResultCodec(CENTS);
		return this.durable.invokeAsync("price", "price-parcel", kilos, TypeRef.of(BigDecimal.class), options).get();
	}

	@DurableFunction(name = "sell-trip")
	String sellTrip(String traveller) {
		try {
			return this.trips.bookTrip(traveller);
		}
		catch (InvokeFailedException ex) {
			return "Sorry: " + ex.error().errorMessage();
		}
	}

}
