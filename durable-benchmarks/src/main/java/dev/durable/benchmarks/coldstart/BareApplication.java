package dev.durable.benchmarks.coldstart;

import java.util.function.Function;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The least that Spring Cloud Function needs. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {

	@Bean
	Function<String, String> greet() {
		return (name) -> "Hello, " + name;
	}

}
