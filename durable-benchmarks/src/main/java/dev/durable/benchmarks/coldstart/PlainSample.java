package dev.durable.benchmarks.coldstart;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.durable.DurableClient;
import dev.durable.DurableContext;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The sample with all its beans but without the starter, as an ordinary function that
 * does what the first step does.
 */
@Configuration(proxyBeanMethods = false)
@Import(PlainSample.Sample.class)
public class PlainSample {

	private static final String SAMPLE = "dev.durable.sample.orders.";

	@Bean
	DurableContext durableContext() {
		return unused(DurableContext.class);
	}

	@Bean
	DurableClient durableClient() {
		return unused(DurableClient.class);
	}

	private static <T> T unused(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				throw new UnsupportedOperationException(method.getName());
			}));
	}

	@Bean
	Function<Map<String, Object>, Object> reserve(ApplicationBeans beans, JsonMapper mapper) {
		return (order) -> beans.reserve(mapper.convertValue(order, beans.orderType()));
	}

	@Bean
	ApplicationBeans applicationBeans(BeanFactory beanFactory) {
		return new ApplicationBeans(beanFactory);
	}

	/** The sample's beans, whose types are its own. */
	record ApplicationBeans(BeanFactory beanFactory) {

		Class<?> orderType() {
			return type("Order");
		}

		Object reserve(Object order) {
			Method reserve = Objects.requireNonNull(ReflectionUtils.findMethod(type("Stock"), "reserve", orderType()));
			ReflectionUtils.makeAccessible(reserve);
			return Objects
				.requireNonNull(ReflectionUtils.invokeMethod(reserve, this.beanFactory.getBean(type("Stock")), order));
		}

		private static Class<?> type(String name) {
			return ClassUtils.resolveClassName(SAMPLE + name, PlainSample.class.getClassLoader());
		}

	}

	/** Imports the sample, which is not compiled with this. */
	static class Sample implements ImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata importing) {
			return new String[] { SAMPLE + "OrderApplication" };
		}

	}

}
