package dev.durable.autoconfigure;

import java.util.List;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.PayloadCodec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writes payloads with the application's Jackson mapper, and errors by an allow-list. */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@EnableConfigurationProperties(DurableProperties.class)
public final class DurableCodecAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ErrorCodec durableErrorCodec(PayloadCodec codec, DurableProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		List<String> application = AutoConfigurationPackages.has(beanFactory)
				? AutoConfigurationPackages.get(beanFactory) : List.of();
		ClassLoader classLoader = beanFactory.getBeanClassLoader();
		return new ExceptionCodec(codec, AllowedExceptions.of(application, properties.exceptions().allowedPackages()),
				(classLoader != null) ? classLoader : ErrorCodec.class.getClassLoader());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		@ConditionalOnMissingBean(PayloadCodec.class)
		JacksonPayloadCodec durablePayloadCodec(ObjectProvider<JsonMapper> mappers) {
			JsonMapper mapper = mappers.getIfAvailable();
			return (mapper != null) ? new JacksonPayloadCodec(mapper) : new JacksonPayloadCodec();
		}

	}

}
