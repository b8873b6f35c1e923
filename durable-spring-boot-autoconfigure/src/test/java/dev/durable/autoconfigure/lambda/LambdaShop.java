package dev.durable.autoconfigure.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The application of a Lambda function: a durable function beside an ordinary one. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LambdaShop.Sales.class)
class LambdaShop {

	@Bean
	Function<Map<String, Object>, Map<String, Object>> echo() {
		return (input) -> Map.of("echo", input);
	}

	/** A sale with a wait and somebody's approval. */
	static class Sales {

		private final DurableContext durable;

		Sales(DurableContext durable) {
			this.durable = durable;
		}

		@DurableFunction(name = "sell", idempotencyKey = "#item")
		Sale sell(String item) {
			String reserved = reserve(item);
			this.durable.wait("cooling-off", Duration.ofSeconds(1));
			boolean approved = this.durable.waitForCallback("approval", Boolean.class,
					(callbackId, step) -> Approvals.of(item).complete(callbackId));
			if (!approved) {
				throw new IllegalStateException("Nobody wants " + item);
			}
			return new Sale(reserved, this.durable.executionId().value());
		}

		@DurableStep
		String reserve(String item) {
			return item + " reserved";
		}

	}

	/** Where sales ask. */
	static final class Approvals {

		private static final Map<String, CompletableFuture<String>> ASKED = new ConcurrentHashMap<>();

		private Approvals() {
		}

		/** The id of the callback that waits for the approval of an item. */
		static CompletableFuture<String> of(String item) {
			return ASKED.computeIfAbsent(item, (key) -> new CompletableFuture<>());
		}

	}

	record Sale(String text, String executionId) {

	}

}
