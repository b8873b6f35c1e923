package dev.durable.spring;

import java.util.function.Consumer;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Application contexts with durable methods on a fake execution. */
final class TestContexts {

	private TestContexts() {
	}

	static AnnotationConfigApplicationContext of(FakeExecution execution, Class<?>... components) {
		return of(execution, (context) -> {
			if (components.length > 0) {
				context.register(components);
			}
		});
	}

	static AnnotationConfigApplicationContext of(FakeExecution execution,
			Consumer<AnnotationConfigApplicationContext> setup) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		try {
			context.register(DurableSpringConfiguration.class);
			context.registerBean(ExecutionAccess.class, () -> execution);
			setup.accept(context);
			context.refresh();
			return context;
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
	}

}
