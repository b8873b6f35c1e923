package dev.durable.autoconfigure;

import dev.durable.embedded.CallGuard;
import dev.durable.spring.DurableOverrides;
import dev.durable.spring.DurableSpringConfiguration;
import dev.durable.spring.DurableSpringSettings;
import dev.durable.spring.TransactionCallGuard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;

/** Makes annotated methods of beans durable, as the properties say. */
@AutoConfiguration
@EnableConfigurationProperties(DurableProperties.class)
@Import(DurableSpringConfiguration.class)
public final class DurableAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean
	static DurableSpringSettings durableSpringSettings(DurableProperties properties, Environment environment) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("durable-result-");
		executor.setDaemon(true);
		executor.setVirtualThreads(ExecutionThreads.virtual(properties.threads(), environment));
		return new DurableSpringSettings(properties.selfCalls(), properties.callTimeout(), executor);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean
	static DurableOverrides durableOverrides(DurableProperties properties) {
		return new ConfiguredOverrides(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	ExecutionThreads durableExecutionThreads(DurableProperties properties, Environment environment,
			ObjectProvider<TaskDecorator> decorators) {
		return ExecutionThreads.of(properties.threads(), environment, decorators.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.transaction.support.TransactionSynchronizationManager")
	static class TransactionConfiguration {

		@Bean
		@ConditionalOnMissingBean(CallGuard.class)
		TransactionCallGuard durableCallGuard() {
			return new TransactionCallGuard();
		}

	}

}
