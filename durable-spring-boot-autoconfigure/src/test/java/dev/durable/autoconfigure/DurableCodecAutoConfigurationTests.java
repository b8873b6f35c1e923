package dev.durable.autoconfigure;

import ch.qos.logback.core.LogbackException;
import dev.durable.ErrorObject;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** Tests of {@link DurableCodecAutoConfiguration}. */
class DurableCodecAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableCodecAutoConfiguration.class));

	@Test
	void payloadCodecWhenThereIsNoMapperUsesJacksonsDefaults() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(PayloadCodec.class).encode(new Order("a"), Order.class))
				.isEqualTo(Payload.ofText("{\"orderNumber\":\"a\"}")));
	}

	@Test
	void payloadCodecWhenTheApplicationHasAMapperUsesIt() {
		this.contextRunner.withUserConfiguration(SnakeCase.class)
			.run((context) -> assertThat(context.getBean(PayloadCodec.class).encode(new Order("a"), Order.class))
				.isEqualTo(Payload.ofText("{\"order_number\":\"a\"}")));
	}

	@Test
	void codecsWhenTheApplicationHasSomeBackOff() {
		this.contextRunner.withUserConfiguration(OwnCodecs.class)
			.run((context) -> assertThat(context).hasSingleBean(PayloadCodec.class)
				.hasSingleBean(ErrorCodec.class)
				.doesNotHaveBean(JacksonPayloadCodec.class)
				.doesNotHaveBean(ExceptionCodec.class));
	}

	@Test
	void errorCodecWhenExceptionIsTheApplicationsOrSpringsOrTheJdksRebuildsIt() {
		this.contextRunner.withUserConfiguration(Application.class).run((context) -> {
			ErrorCodec codec = context.getBean(ErrorCodec.class);
			assertThat(rebuilt(codec, new OutOfStock("none left"))).isExactlyInstanceOf(OutOfStock.class)
				.hasMessage("none left");
			assertThat(rebuilt(codec, new DuplicateKeyException("twice")))
				.isExactlyInstanceOf(DuplicateKeyException.class);
			assertThat(rebuilt(codec, new IllegalStateException("no")))
				.isExactlyInstanceOf(IllegalStateException.class);
		});
	}

	@Test
	void errorCodecWhenExceptionIsALibrarysNeedsItsPackageToBeAllowed() {
		RuntimeException error = new LogbackException("library");
		this.contextRunner.run((context) -> assertThat(rebuilt(context.getBean(ErrorCodec.class), error)).isNull());
		this.contextRunner.withPropertyValues("durable.exceptions.allowed-packages=ch.qos.logback")
			.run((context) -> assertThat(rebuilt(context.getBean(ErrorCodec.class), error))
				.isExactlyInstanceOf(error.getClass()));
	}

	private static Throwable rebuilt(ErrorCodec codec, Throwable error) {
		ErrorObject described = codec.describe(error);
		return codec.rebuild(codec.decode(codec.encode(described)));
	}

	record Order(String orderNumber) {

	}

	static class OutOfStock extends RuntimeException {

		OutOfStock(String message) {
			super(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class SnakeCase {

		@Bean
		JsonMapper jsonMapper() {
			return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCodecs {

		@Bean
		PayloadCodec ownPayloadCodec() {
			return mock(PayloadCodec.class);
		}

		@Bean
		ErrorCodec ownErrorCodec() {
			return mock(ErrorCodec.class);
		}

	}

}
