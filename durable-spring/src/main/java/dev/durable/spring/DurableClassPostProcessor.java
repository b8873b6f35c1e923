package dev.durable.spring;

import dev.durable.spring.DurableMethodException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.Conventions;

/**
 * Replaces the classes of beans that have durable methods by generated subclasses, so
 * that calls on {@code this} are recorded too.
 * <p>
 * It applies to every bean that Spring builds from a class. It is not ordered, so that
 * all other post-processors have registered their definitions before it runs. While the
 * application is processed ahead of time it makes the generated code build the
 * subclasses; such an application does not need it at run time.
 */
public final class DurableClassPostProcessor implements BeanFactoryPostProcessor, BeanRegistrationAotProcessor {

	private static final String CONFIGURATION_CLASS = Conventions
		.getQualifiedAttributeName(ConfigurationClassPostProcessor.class, "configurationClass");

	/** Create the post-processor. */
	public DurableClassPostProcessor() {
	}

	/**
	 * Replace the classes.
	 * @throws DurableMethodException if a durable method cannot work as it is written
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String beanName : beanFactory.getBeanDefinitionNames()) {
			if (!beanFactory.containsSingleton(beanName)) {
				replaceClass(beanName, beanFactory);
			}
		}
	}

	private static void replaceClass(String beanName, ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanDefinition(beanName) instanceof AbstractBeanDefinition definition) {
			AbstractBeanDefinition complete = complete(definition, beanName, beanFactory);
			Class<?> beanClass = isBuiltFromClass(complete) ? resolve(complete, beanFactory.getBeanClassLoader())
					: null;
			if (beanClass != null && !DurableMethods.of(beanClass).isEmpty()) {
				refuseConfiguration(definition, DurableMethods.of(beanClass));
				DurableMethodCheck.check(DurableMethods.of(beanClass));
				definition.setBeanClass(BeanClassEnhancer.enhance(beanClass));
			}
		}
	}

	/** Only what has a parent is merged here: a merged definition can be out of date. */
	private static AbstractBeanDefinition complete(AbstractBeanDefinition definition, String beanName,
			ConfigurableListableBeanFactory beanFactory) {
		return (definition.getParentName() != null
				&& beanFactory.getMergedBeanDefinition(beanName) instanceof AbstractBeanDefinition merged) ? merged
						: definition;
	}

	private static boolean isBuiltFromClass(AbstractBeanDefinition definition) {
		return definition.getBeanClassName() != null && definition.getFactoryMethodName() == null
				&& definition.getInstanceSupplier() == null && !definition.isAbstract()
				&& definition.getRole() != BeanDefinition.ROLE_INFRASTRUCTURE;
	}

	/** A class that cannot be loaded is Spring's to report, when it needs it. */
	private static @Nullable Class<?> resolve(AbstractBeanDefinition definition, @Nullable ClassLoader classLoader) {
		try {
			return definition.hasBeanClass() ? definition.getBeanClass() : definition.resolveBeanClass(classLoader);
		}
		catch (ClassNotFoundException | LinkageError | BeanDefinitionStoreException ex) {
			return null;
		}
	}

	private static void refuseConfiguration(BeanDefinition definition, DurableMethods methods) {
		if ("full".equals(definition.getAttribute(CONFIGURATION_CLASS))) {
			throw new DurableMethodException(Kind.FULL_CONFIGURATION, methods.userClass(),
					methods.all().iterator().next(),
					"%s %s is in a full @Configuration class, which Spring subclasses itself, so its calls on 'this' would not be recorded."
						.formatted(MethodText.annotationOf(methods.all().iterator().next()),
								MethodText.of(methods.userClass(), methods.all().iterator().next())),
					"move the method to a @Component or @Service", "use @Configuration(proxyBeanMethods = false)");
		}
	}

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = registeredBean.getBeanType().toClass();
		if (!GeneratedClass.isGenerated(type)) {
			return null;
		}
		return BeanRegistrationAotContribution
			.withCustomCodeFragments((fragments) -> new EnhancedBeanCodeFragments(fragments, registeredBean, type));
	}

}
