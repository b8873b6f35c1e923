package dev.durable.spring;

import java.util.List;
import java.util.concurrent.Callable;

import dev.durable.DurableStep;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** An application that is generated ahead of time, and what it does. */
public final class AotRun implements Callable<List<String>> {

	private final String initializer;

	/**
	 * Create the run.
	 * @param initializer the generated class that registers the beans
	 */
	public AotRun(String initializer) {
		this.initializer = initializer;
	}

	@Override
	@SuppressWarnings("unchecked")
	public List<String> call() throws Exception {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.setClassLoader(getClass().getClassLoader());
			((ApplicationContextInitializer<GenericApplicationContext>) Class.forName(this.initializer)
				.getDeclaredConstructor()
				.newInstance()).initialize(context);
			context.refresh();
			FakeExecution execution = (FakeExecution) context.getBean(ExecutionAccess.class);
			execution.run(context.getBean(AotSteps.class)::outer);
			execution.run(context.getBean(AotTransactionalSteps.class)::outer);
			return CallLog.drain();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@Import({ DurableSpringConfiguration.class, AotSteps.class, AotTransactionalSteps.class })
	static class Application {

		@Bean
		ExecutionAccess executionAccess() {
			return new FakeExecution();
		}

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	static class AotSteps {

		private final String value;

		AotSteps(@Value("42") String value) {
			this.value = value;
		}

		String outer() {
			return injected();
		}

		@DurableStep
		String injected() {
			CallLog.add("B:" + this.value);
			return this.value;
		}

	}

	static class AotTransactionalSteps {

		String outer() {
			return book();
		}

		@DurableStep
		@Transactional
		String book() {
			CallLog.add("B" + Transactions.suffix());
			return "booked";
		}

	}

}
