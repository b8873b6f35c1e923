package dev.durable.conformance;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.durable.DurableFunction;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.observe.DurableListener;
import dev.durable.spring.DurableFunctions;
import dev.durable.spring.DurableSpringConfiguration;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** The application that the handlers are beans of. */
final class Handlers implements AutoCloseable {

	private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext(
			Application.class);

	private final Collection<FunctionDefinition> functions = this.application.getBean(DurableFunctions.class).get();

	private final List<FunctionListener> listeners = this.application.getBeanProvider(DurableListener.class)
		.orderedStream()
		.map(FunctionListener::of)
		.toList();

	private final Set<String> crashing = annotated(CrashesProcess.class);

	private final Set<String> waitingLong = annotated(WaitsLong.class);

	private Set<String> annotated(Class<? extends Annotation> annotation) {
		Set<String> names = new TreeSet<>();
		for (Object bean : this.application.getBeansOfType(Object.class).values()) {
			ReflectionUtils.doWithMethods(ClassUtils.getUserClass(bean), (method) -> {
				DurableFunction function = AnnotatedElementUtils.findMergedAnnotation(method, DurableFunction.class);
				if (function != null && method.isAnnotationPresent(annotation)) {
					names.add(function.name());
				}
			});
		}
		return names;
	}

	/** How errors are recorded; those of handlers are rebuilt. */
	static ErrorCodec errorCodec(PayloadCodec codec) {
		return new ExceptionCodec(codec, (type) -> type.startsWith("dev.durable.conformance."),
				Handlers.class.getClassLoader());
	}

	Collection<FunctionDefinition> functions() {
		return this.functions;
	}

	/** What watches the functions, in order. */
	List<FunctionListener> listeners() {
		return this.listeners;
	}

	boolean has(String function) {
		return this.functions.stream().anyMatch((candidate) -> candidate.id().name().equals(function));
	}

	/** Whether a function ends its process. */
	boolean crashes(String function) {
		return this.crashing.contains(function);
	}

	/** Whether a function waits for an hour. */
	boolean waitsLong(String function) {
		return this.waitingLong.contains(function);
	}

	ProcessExit exit() {
		return this.application.getBean(ProcessExit.class);
	}

	@Override
	public void close() {
		this.application.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan
	@Import(DurableSpringConfiguration.class)
	static class Application {

	}

}
