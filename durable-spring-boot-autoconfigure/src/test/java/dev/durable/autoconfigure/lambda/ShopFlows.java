package dev.durable.autoconfigure.lambda;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application with durable functions and ordinary ones. */
final class ShopFlows {

	private ShopFlows() {
	}

	/** One durable function. */
	static class Orders {

		final AtomicInteger runs = new AtomicInteger();

		@DurableFunction(name = "order", idempotencyKey = "#order.id")
		Receipt order(Order order) {
			this.runs.incrementAndGet();
			if (order.count() < 0) {
				throw new IllegalArgumentException("No such count");
			}
			return new Receipt(charge(order));
		}

		@DurableStep
		String charge(Order order) {
			return order.count() + " of " + order.id();
		}

	}

	/** Two more, of other signatures. */
	static class Parcels {

		@DurableFunction(name = "pack")
		String pack(String item, int count) {
			return item + " x " + count;
		}

		@DurableFunction(name = "greet")
		String greet(String name) {
			return "Hello, " + name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Orders.class)
	static class OneFunction {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Orders.class, Parcels.class })
	static class SeveralFunctions {

	}

	@Configuration(proxyBeanMethods = false)
	static class OrdinaryFunction {

		@Bean
		Function<Map<String, Object>, Map<String, Object>> echo() {
			return (input) -> Map.of("echo", input);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FunctionOfTheSameName {

		@Bean
		Function<String, String> order() {
			return (input) -> "ordinary " + input;
		}

	}

	record Order(String id, int count) {

	}

	record Receipt(String text) {

	}

}
