package dev.durable.spring;

import java.lang.reflect.Method;

import dev.durable.spring.DurableMethodException.Kind;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds enhanced beans that exist since before the post-processor that would have made
 * them intercept themselves, such as what a post-processor depends on.
 */
final class EarlyBeanCheck {

	private EarlyBeanCheck() {
	}

	static void check(ConfigurableListableBeanFactory beanFactory) {
		for (String beanName : beanFactory.getSingletonNames()) {
			Object bean = beanFactory.getSingleton(beanName);
			if (bean != null) {
				Object target = AopProxyUtils.ultimateSingletonTarget(bean);
				check(beanName, (target != null) ? target : bean);
			}
		}
	}

	private static void check(String beanName, Object target) {
		GeneratedClass generated = GeneratedClass.of(target);
		if (generated != null && generated.callback(target) == null) {
			throw tooEarly(beanName, DurableMethods.of(target.getClass()));
		}
	}

	private static DurableMethodException tooEarly(String beanName, DurableMethods methods) {
		Method method = methods.all().iterator().next();
		return new DurableMethodException(Kind.CREATED_TOO_EARLY, methods.userClass(), method,
				"%s %s is in bean '%s', which was created before durable methods could be intercepted, probably because a BeanPostProcessor needs it."
					.formatted(MethodText.annotationOf(method), MethodText.of(methods.userClass(), method), beanName),
				"let what needs it ask an ObjectProvider for it, when it uses it",
				"declare the post-processor's @Bean method static");
	}

}
