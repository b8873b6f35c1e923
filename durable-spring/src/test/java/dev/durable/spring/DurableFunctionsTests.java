package dev.durable.spring;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.FunctionVersion;
import dev.durable.engine.FunctionDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

class DurableFunctionsTests {

	private final FakeExecution execution = new FakeExecution();

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@Test
	void lazyBeanIsCreatedWhenItsFunctionRuns() throws Exception {
		try (var context = TestContexts.of(this.execution, LazyFlow.class)) {
			FunctionDefinition definition = only(context);
			assertThat(CallLog.drain()).isEmpty();
			run(context, definition);
			assertThat(CallLog.drain()).containsExactly("created", "run");
		}
	}

	@Test
	void jdkProxyRunsItsFunctionWithoutAnotherExecution() throws Exception {
		try (var context = TestContexts.of(this.execution, JdkProxies.class, ProxiedFlow.class)) {
			assertThat(run(context, only(context))).isEqualTo("ran");
			assertThat(CallLog.drain()).containsExactly("run");
		}
	}

	@Test
	void functionBehindABridgeRunsWithoutAnotherExecution() throws Exception {
		try (var context = TestContexts.of(this.execution, JdkProxies.class, GenericFlow.class)) {
			assertThat(run(context, only(context))).isEqualTo("ran");
			assertThat(CallLog.drain()).containsExactly("run null");
		}
	}

	@Test
	void beanMethodBeanRunsItsFunctionWithoutAnotherExecution() throws Exception {
		try (var context = TestContexts.of(this.execution, Beans.class)) {
			assertThat(run(context, only(context))).isEqualTo("ran");
			assertThat(CallLog.drain()).containsExactly("run");
		}
	}

	@Test
	void scopedBeanHasItsFunctionOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, ScopedFlow.class)) {
			assertThat(run(context, only(context))).isEqualTo("ran");
			assertThat(CallLog.drain()).containsExactly("run");
		}
	}

	@Test
	void versionsOfAFunctionLiveSideBySide() {
		try (var context = TestContexts.of(this.execution, Versions.class)) {
			assertThat(context.getBean(DurableFunctions.class).get()).extracting(FunctionDefinition::id)
				.containsExactlyInAnyOrder(new FunctionVersion("flow", "1"), new FunctionVersion("flow", "2"));
		}
	}

	private static FunctionDefinition only(ApplicationContext context) {
		assertThat(context.getBean(DurableFunctions.class).get()).hasSize(1);
		return context.getBean(DurableFunctions.class).get().iterator().next();
	}

	private Object run(ApplicationContext context, FunctionDefinition definition) throws Exception {
		return this.execution.run(() -> definition.body().run(context.getBean(DurableContext.class), null));
	}

	@Lazy
	static class LazyFlow {

		LazyFlow() {
			CallLog.add("created");
		}

		@DurableFunction
		void run() {
			CallLog.add("run");
		}

	}

	@EnableTransactionManagement
	static class JdkProxies {

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	interface Flow {

		@DurableFunction
		String run();

		void other();

	}

	static class ProxiedFlow implements Flow {

		@Override
		public String run() {
			CallLog.add("run");
			return "ran";
		}

		@Override
		@Transactional
		public void other() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		ProxiedFlow flow() {
			return new ProxiedFlow();
		}

	}

	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedFlow extends ProxiedFlow {

	}

	static class Versions {

		@DurableFunction(name = "flow")
		void old() {
		}

		@DurableFunction(name = "flow", version = "2")
		void current() {
		}

	}

	interface Handler<I, O> {

		@DurableFunction
		O handle(I input);

		void other();

	}

	static class GenericFlow implements Handler<Integer, String> {

		@Override
		public String handle(Integer input) {
			CallLog.add("run " + input);
			return "ran";
		}

		@Override
		@Transactional
		public void other() {
		}

	}

}
