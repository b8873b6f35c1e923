package dev.durable.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.spring.DurableSpecs.BeanSpecs;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;
import org.springframework.util.Assert;

/**
 * Makes sure that every call of a durable method is intercepted once, in front of all
 * other advice.
 * <p>
 * An enhanced object intercepts itself; a proxy in front of it gets one advisor. Objects
 * that Spring did not build from a class get a proxy. It is not ordered, so that it runs
 * after the post-processors that create proxies.
 */
public final class DurableBeanPostProcessor
		implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware, AopInfrastructureBean {

	private final Map<String, Object> earlyReferences = new ConcurrentHashMap<>();

	private @Nullable BeanFactory beanFactory;

	private volatile @Nullable DurableInterception interception;

	/** Create the post-processor. */
	public DurableBeanPostProcessor() {
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/** Let an enhanced object intercept itself, before anything is injected into it. */
	@Override
	public boolean postProcessAfterInstantiation(Object bean, String beanName) {
		GeneratedClass generated = GeneratedClass.of(bean);
		if (generated != null) {
			DurableInterception interception = interception();
			BeanSpecs specs = interception.specs().of(bean.getClass());
			generated.setCallback(bean, new EnhancedCallback(generated, specs, interception.interceptor()));
		}
		return true;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		this.earlyReferences.put(beanName, ultimateTarget(bean));
		return process(bean);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Object early = this.earlyReferences.remove(beanName);
		return (early != null && early == bean) ? bean : process(bean);
	}

	private Object process(Object bean) {
		if (bean instanceof AopInfrastructureBean) {
			return bean;
		}
		if (bean instanceof Advised advised && !advised.getTargetSource().isStatic()) {
			// Its targets come and go, and are beans of their own
			return bean;
		}
		List<Advised> proxies = staticProxies(bean);
		Object target = ultimateTarget(bean);
		GeneratedClass generated = GeneratedClass.of(target);
		if (generated != null) {
			if (!proxies.isEmpty()) {
				advise(proxies, target, generated);
			}
			return bean;
		}
		if (target instanceof DurableEnhanced) {
			// An opaque proxy; the object behind it intercepts itself
			return bean;
		}
		if (!DurableMethods.of(target.getClass()).isEmpty()) {
			return intercept(bean, proxies, target);
		}
		// The methods may be in an interface that only the proxy has, as of a repository
		return DurableMethods.of(bean.getClass()).isEmpty() ? bean : intercept(bean, List.of(), bean);
	}

	/** Put the durable advice in front of the proxies of an enhanced object. */
	private void advise(List<Advised> proxies, Object target, GeneratedClass generated) {
		DurableInterception interception = interception();
		BeanSpecs specs = interception.specs().of(target.getClass());
		refuseAsync(proxies, specs);
		Advised outermost = proxies.get(0);
		if (!outermost.isFrozen()) {
			outermost.addAdvisor(0, front(target, specs, interception));
		}
		if (generated.callback(target) instanceof EnhancedCallback callback) {
			callback.proxied(new RemainingAdvice(proxies, target.getClass()));
		}
	}

	/** Intercept an object that does not intercept itself. */
	private Object intercept(Object bean, List<Advised> proxies, Object target) {
		DurableInterception interception = interception();
		BeanSpecs specs = interception.specs().of(target.getClass());
		refuseAsync(proxies, specs);
		UnenhancedBeanCheck.check(DurableMethods.of(target.getClass()), interception.selfCalls());
		Advisor last = new DefaultPointcutAdvisor(new DurablePointcut(DurableMethods.of(target.getClass())),
				new DurableLastAdvice(target, specs));
		if (!proxies.isEmpty() && !proxies.get(0).isFrozen()) {
			proxies.get(0).addAdvisor(0, front(target, specs, interception));
			proxies.get(proxies.size() - 1).addAdvisor(last);
			return bean;
		}
		ProxyFactory factory = new ProxyFactory(bean);
		factory.setProxyTargetClass(true);
		factory.addAdvisor(front(target, specs, interception));
		factory.addAdvisor(last);
		return factory.getProxy(specs.beanClass().getClassLoader());
	}

	private static Advisor front(Object target, BeanSpecs specs, DurableInterception interception) {
		return new DefaultPointcutAdvisor(new DurablePointcut(DurableMethods.of(target.getClass())),
				new DurableFrontAdvice(target, specs, interception.interceptor()));
	}

	/** Asynchronous advice can also come from an annotation of the application's own. */
	private static void refuseAsync(List<Advised> proxies, BeanSpecs specs) {
		for (Advised proxy : proxies) {
			for (Advisor advisor : proxy.getAdvisors()) {
				if (advisor instanceof AsyncAnnotationAdvisor async) {
					specs.all()
						.stream()
						.filter((method) -> async.getPointcut().getClassFilter().matches(method.beanClass())
								&& async.getPointcut().getMethodMatcher().matches(method.method(), method.beanClass()))
						.findFirst()
						.ifPresent((method) -> {
							throw DurableMethodCheck.async(method.beanClass(), method.method(),
									"it matches an asynchronous annotation");
						});
				}
			}
		}
	}

	/** Return the proxies of a bean from the outermost to the innermost. */
	private static List<Advised> staticProxies(Object bean) {
		List<Advised> proxies = new ArrayList<>();
		Object current = bean;
		while (current instanceof Advised advised) {
			Object target = staticTarget(advised);
			if (target == null) {
				break;
			}
			proxies.add(advised);
			current = target;
		}
		return proxies;
	}

	private static Object ultimateTarget(Object bean) {
		Object current = bean;
		while (current instanceof Advised advised) {
			Object target = staticTarget(advised);
			if (target == null) {
				return current;
			}
			current = target;
		}
		return current;
	}

	private static @Nullable Object staticTarget(Advised advised) {
		TargetSource source = advised.getTargetSource();
		try {
			return source.isStatic() ? source.getTarget() : null;
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot look behind proxy of '%s'".formatted(source.getTargetClass()), ex);
		}
	}

	private DurableInterception interception() {
		DurableInterception known = this.interception;
		if (known == null) {
			Assert.state(this.beanFactory != null, "'beanFactory' must be set before beans are created");
			known = this.beanFactory.getBean(DurableInterception.class);
			this.interception = known;
		}
		return known;
	}

}
