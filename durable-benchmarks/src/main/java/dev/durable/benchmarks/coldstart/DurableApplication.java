package dev.durable.benchmarks.coldstart;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The same, as a durable function of one step. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DurableApplication.Greetings.class)
public class DurableApplication {

	/** The function. */
	static class Greetings {

		@DurableFunction(name = "greet")
		String greet(String name) {
			return compose(name);
		}

		@DurableStep
		String compose(String name) {
			return "Hello, " + name;
		}

	}

}
