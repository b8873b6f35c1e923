package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;

import org.springframework.stereotype.Service;

@Service
class TripFlow {

	private final DurableContext durable;

	private final Airline airline;

	TripFlow(DurableContext durable, Airline airline) {
		this.durable = durable;
		this.airline = airline;
	}

	@DurableFunction(name = "book-trip")
	String bookTrip(String traveller) {
		return this.airline.book(traveller) + ", " + this.airline.charge(traveller);
	}

	@DurableFunction(name = "pack")
	List<String> pack(String traveller) {
		StepOptions patiently = StepOptions.defaults()
			.withRetry(RetryStrategy.backoff().maxAttempts(5).initialDelay(Duration.ofMillis(100)).build());
		return this.durable.step("pack", new TypeRef<List<String>>() {
		}, patiently, (step) -> {
			step.logger().info("Packing, attempt {}", step.attempt());
			return List.of("passport of " + traveller, "key " + step.operationId());
		});
	}

	@DurableFunction(name = "plan")
	List<String> plan(String city) {
		DurableFuture<String> hotel = this.durable.stepAsync("hotel", String.class, (step) -> "Hotel in " + city);
		DurableFuture<String> car = this.durable.stepAsync("car", String.class, (step) -> "Car in " + city);
		return DurableFuture.allOf(List.of(hotel, car));
	}

}
