package dev.durable.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.aot.InstanceSupplierCodeGenerator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RegisteredBean.InstantiationDescriptor;
import org.springframework.javapoet.CodeBlock;

/**
 * Makes code that is generated ahead of time build the generated subclass. Left alone it
 * would build the user's class, and calls on {@code this} would not be recorded.
 */
final class EnhancedBeanCodeFragments extends BeanRegistrationCodeFragmentsDecorator {

	private final RegisteredBean registeredBean;

	private final Class<?> enhanced;

	EnhancedBeanCodeFragments(BeanRegistrationCodeFragments delegate, RegisteredBean registeredBean,
			Class<?> enhanced) {
		super(delegate);
		this.registeredBean = registeredBean;
		this.enhanced = enhanced;
	}

	@Override
	public CodeBlock generateInstanceSupplierCode(GenerationContext generationContext,
			BeanRegistrationCode beanRegistrationCode, boolean allowDirectSupplierShortcut) {
		Executable original = this.registeredBean.resolveInstantiationDescriptor().executable();
		return new InstanceSupplierCodeGenerator(generationContext, beanRegistrationCode.getClassName(),
				beanRegistrationCode.getMethods(), allowDirectSupplierShortcut)
			.generateCode(this.registeredBean, new InstantiationDescriptor(constructor(original), this.enhanced));
	}

	private Constructor<?> constructor(Executable original) {
		try {
			return this.enhanced.getDeclaredConstructor(original.getParameterTypes());
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(
					"Generated class '%s' has no constructor like %s".formatted(this.enhanced.getName(), original), ex);
		}
	}

}
