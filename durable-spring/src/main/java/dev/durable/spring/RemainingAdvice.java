package dev.durable.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;
import org.springframework.aop.framework.ReflectiveMethodInvocation;

/**
 * What the proxies of an enhanced object advise behind the durable advice, applied to
 * calls that do not come through them. So a transactional step has its transaction when
 * it is called on {@code this}, too. Thread-safe.
 */
final class RemainingAdvice {

	private final Object proxy;

	private final List<Advised> proxies;

	private final Class<?> targetClass;

	private final Map<Method, List<Object>> chains = new ConcurrentHashMap<>();

	/**
	 * Create the advice.
	 * @param proxies the proxies from the outermost to the innermost
	 * @param targetClass the class behind them
	 */
	RemainingAdvice(List<Advised> proxies, Class<?> targetClass) {
		this.proxy = proxies.get(0);
		this.proxies = List.copyOf(proxies);
		this.targetClass = targetClass;
	}

	@Nullable Object run(Object target, Method method, @Nullable Object[] arguments, Body body) throws Throwable {
		List<Object> chain = this.chains.get(method);
		if (chain == null) {
			chain = chain(method);
			this.chains.put(method, chain);
		}
		return chain.isEmpty() ? body.run(arguments)
				: new SelfCall(this.proxy, target, method, arguments, this.targetClass, chain, body).proceed();
	}

	private List<Object> chain(Method method) {
		List<Object> chain = new ArrayList<>();
		for (Advised advised : this.proxies) {
			chain.addAll(DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(advised,
					method, this.targetClass));
		}
		chain.removeIf(DurableFrontAdvice.class::isInstance);
		return chain;
	}

	/** The user's code behind the advice. */
	@FunctionalInterface
	interface Body {

		@Nullable Object run(@Nullable Object[] arguments) throws Throwable;

	}

	private static final class SelfCall extends ReflectiveMethodInvocation {

		private final Body body;

		SelfCall(Object proxy, Object target, Method method, @Nullable Object[] arguments, Class<?> targetClass,
				List<Object> chain, Body body) {
			super(proxy, target, method, arguments, targetClass, chain);
			this.body = body;
		}

		@Override
		protected @Nullable Object invokeJoinpoint() throws Throwable {
			return this.body.run(getArguments());
		}

	}

}
