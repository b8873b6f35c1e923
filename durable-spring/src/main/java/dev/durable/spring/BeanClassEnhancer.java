package dev.durable.spring;

import org.springframework.aot.AotDetector;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.core.SmartClassLoader;

/** Generates the subclasses whose objects intercept their own durable methods. */
final class BeanClassEnhancer {

	private BeanClassEnhancer() {
	}

	static Class<?> enhance(Class<?> beanClass) {
		Enhancer enhancer = new Enhancer();
		enhancer.setSuperclass(beanClass);
		enhancer.setInterfaces(new Class<?>[] { DurableEnhanced.class });
		enhancer.setNamingPolicy(DurableNamingPolicy.INSTANCE);
		enhancer.setCallbackFilter(new DurableCallbackFilter(DurableMethods.userClass(beanClass)));
		enhancer.setCallbackTypes(new Class<?>[] { MethodInterceptor.class, NoOp.class });
		enhancer.setUseFactory(false);
		enhancer.setInterceptDuringConstruction(false);
		enhancer.setAttemptLoad(AotDetector.useGeneratedArtifacts());
		enhancer.setUseCache(!isReloadable(beanClass));
		return enhancer.createClass();
	}

	/** A class that is loaded anew after each change must not be found in a cache. */
	private static boolean isReloadable(Class<?> beanClass) {
		return beanClass.getClassLoader() instanceof SmartClassLoader loader && loader.isClassReloadable(beanClass);
	}

}
