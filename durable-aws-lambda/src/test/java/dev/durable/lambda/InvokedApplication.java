package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.amazonaws.services.lambda.runtime.Context;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * An application with ordinary functions, and events of its own for durable execution.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InvokedApplication {

	static final List<String> LOG = new CopyOnWriteArrayList<>();

	@Bean
	Function<Map<String, Object>, Map<String, Object>> echo() {
		return (input) -> Map.of("echo", input);
	}

	@Bean
	Function<Message<String>, Message<String>> shout() {
		return (message) -> MessageBuilder.withPayload(message.getPayload().toUpperCase(Locale.ROOT))
			.setHeader("statusCode", 201)
			.build();
	}

	@Bean
	DurableEvents events() {
		return new DurableEvents() {
			@Override
			public boolean isOwn(byte[] event) {
				return text(event).contains("wake-up");
			}

			@Override
			public byte[] handle(byte[] event, Context context) {
				LOG.add("handled by " + Thread.currentThread().getContextClassLoader());
				if (text(event).contains("fail")) {
					throw new LambdaTestException("The store is down");
				}
				return "\"done\"".getBytes(StandardCharsets.UTF_8);
			}

			@Override
			public void during(Context context, OrdinaryFunction function) throws Exception {
				LOG.add("before");
				function.call();
				LOG.add("after");
			}
		};
	}

	private static String text(byte[] event) {
		return new String(event, StandardCharsets.UTF_8);
	}

	/** A failure for which the service is to try again. */
	static final class LambdaTestException extends RuntimeException {

		LambdaTestException(String message) {
			super(message);
		}

	}

}
