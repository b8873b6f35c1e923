package dev.durable.spring;

import dev.durable.DurableClient;
import dev.durable.DurableContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * The beans that make durable methods work, to be imported.
 * <p>
 * It offers {@link DurableFunctions} and {@link SpringTypedCalls} to whoever builds the
 * engine, and the injectable {@link DurableContext}. It uses, if there are beans of these
 * types, {@link DurableSpringSettings} and {@link DurableOverrides}, and a
 * {@link DurableClient} when a function is called from outside any execution.
 */
@Configuration(proxyBeanMethods = false)
public class DurableSpringConfiguration {

	@Bean
	static DurableClassPostProcessor durableClassPostProcessor() {
		return new DurableClassPostProcessor();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DurableBeanPostProcessor durableBeanPostProcessor() {
		return new DurableBeanPostProcessor();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DurableInterception durableInterception(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<DurableOverrides> overrides, ObjectProvider<DurableSpringSettings> settings,
			ObjectProvider<DurableClient> client, ObjectProvider<ExecutionAccess> access) {
		DurableSpringSettings chosen = settings.getIfAvailable(DurableSpringSettings::defaults);
		ExecutionAccess execution = access.getIfAvailable(ExecutionAccess::current);
		FunctionStarts starts = new FunctionStarts(client::getObject, chosen.callTimeout(), chosen.executor());
		return new DurableInterception(
				new DurableSpecs(new EmbeddedValueResolver(beanFactory),
						() -> overrides.getIfAvailable(DurableOverrides::none)),
				new DurableInterceptor(new StepInterceptor(execution), new FunctionInterceptor(execution, starts)),
				chosen.selfCalls());
	}

	@Bean
	static DurableFunctions durableFunctions(ConfigurableListableBeanFactory beanFactory,
			DurableInterception interception) {
		return new DurableFunctions(beanFactory, interception);
	}

	@Bean
	static SpringTypedCalls durableTypedCalls(DurableFunctions functions) {
		return new SpringTypedCalls(functions);
	}

	@Bean
	static DurableContext durableContext(ObjectProvider<ExecutionAccess> access) {
		return new AmbientDurableContext(access.getIfAvailable(ExecutionAccess::current));
	}

}
