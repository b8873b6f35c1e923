package dev.durable.spring;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;

import dev.durable.DurableStep;
import dev.durable.spring.DurableMethodException.Kind;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Beans that Spring does not build from their class. */
class FallbackProxyTests {

	private final FakeExecution execution = new FakeExecution();

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@Test
	void beanMethodBeanIsProxiedAndInterceptedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Simple.class)) {
			Quiet bean = context.getBean(Quiet.class);
			assertThat(AopUtils.isCglibProxy(bean)).isTrue();
			assertThat(this.execution.run(bean::step)).isEqualTo("step");
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "/D:step");
		}
	}

	@Test
	void transactionalBeanMethodBeanReportsItsResultInsideTheTransaction() throws Exception {
		try (var context = TestContexts.of(this.execution, Transactional2.class)) {
			this.execution.run(context.getBean(QuietTransactional.class)::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B+tx", "R+tx", "/D:step");
		}
	}

	@Test
	void supplierBeanIsInterceptedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution,
				(setup) -> setup.registerBean(Quiet.class, () -> new Quiet()))) {
			this.execution.run(context.getBean(Quiet.class)::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "/D:step");
		}
	}

	@Test
	void objectFromCreateBeanIsInterceptedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution)) {
			Quiet bean = context.getAutowireCapableBeanFactory().createBean(Quiet.class);
			this.execution.run(bean::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "/D:step");
		}
	}

	@Test
	void scopedBeanMethodBeanIsInterceptedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, ScopedSimple.class)) {
			this.execution.run(context.getBean(Quiet.class)::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "/D:step");
		}
	}

	@Test
	void proxiesOfInterfacesWithStepsAreInterceptedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Clients.class)) {
			for (String client : List.of("withoutTarget", "plain", "repository")) {
				assertThat(this.execution.run(context.getBean(client, Remote.class)::fetch))
					.isEqualTo(List.of("remote"));
				assertThat(CallLog.drain()).containsExactly("D:fetch", "B", "R", "/D:fetch");
			}
			assertThat(this.execution.type("fetch")).hasToString("java.util.List<java.lang.String>");
		}
	}

	@Test
	void selfCallsInABeanMethodBeanStopTheStart() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> TestContexts.of(this.execution, Loud.class))
			.havingRootCause()
			.isInstanceOfSatisfying(DurableMethodException.class, (ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.SELF_CALL);
				assertThat(ex.beanClass()).isEqualTo(Chatty.class);
				assertThat(ex.method().getName()).isEqualTo("step");
				assertThat(ex.calls()).extracting(StackTraceElement::getLineNumber)
					.containsExactly(line("direct"), line("lambda"), line("reference"), line("anonymous"));
				assertThat(ex.calls()).extracting(StackTraceElement::getFileName)
					.containsOnly("FallbackProxyTests.java");
			})
			.withMessage(
					"@DurableStep FallbackProxyTests.Chatty.step() is called on 'this', but the bean was made by a @Bean method or a supplier, so Spring cannot subclass it and the call would not be recorded: "
							+ "dev.durable.spring.FallbackProxyTests$Chatty.direct(FallbackProxyTests.java:%d) calls 'step', "
								.formatted(line("direct"))
							+ "dev.durable.spring.FallbackProxyTests$Chatty.lambda$lambda$0(FallbackProxyTests.java:%d) calls 'step', "
								.formatted(line("lambda"))
							+ "dev.durable.spring.FallbackProxyTests$Chatty.reference(FallbackProxyTests.java:%d) calls 'step', "
								.formatted(line("reference"))
							+ "dev.durable.spring.FallbackProxyTests$Chatty$1.get(FallbackProxyTests.java:%d) calls 'step'. "
								.formatted(line("anonymous"))
							+ "Ways out: let Spring build the bean from its class (@Component or @Import instead of a @Bean method); "
							+ "or move the called method to another bean; or run its code with DurableContext.step; "
							+ "or if the calls are meant to be plain, set durable.self-calls to 'warn'.");
	}

	@Test
	void selfCallsWhenOnlyWarnedOfAreLeftPlain() throws Exception {
		try (var context = TestContexts.of(this.execution, (setup) -> {
			DurableSpringSettings defaults = DurableSpringSettings.defaults();
			setup.registerBean(DurableSpringSettings.class,
					() -> new DurableSpringSettings(SelfCalls.WARN, defaults.callTimeout(), defaults.executor()));
			setup.register(Loud.class);
		})) {
			Chatty bean = context.getBean(Chatty.class);
			this.execution.run(bean::direct);
			this.execution.run(bean::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step");
		}
	}

	@Test
	void callsThroughAGenericParentAreFound() {
		assertThat(SelfCallScan.scan(DurableMethods.of(GenericChild.class)))
			.extracting((finding) -> finding.method().getName(), (finding) -> finding.place().getMethodName())
			.containsExactly(org.assertj.core.groups.Tuple.tuple("handle", "outer"));
	}

	@Test
	void callsOfTheParentsVersionAreNotSelfCalls() {
		assertThat(SelfCallScan.scan(DurableMethods.of(Overriding.class))).isEmpty();
	}

	/** Return the line that is marked with a comment in this file. */
	private static int line(String mark) {
		try {
			List<String> lines = java.nio.file.Files
				.readAllLines(java.nio.file.Path.of("src/test/java/dev/durable/spring/FallbackProxyTests.java"));
			for (int i = 0; i < lines.size(); i++) {
				if (lines.get(i).endsWith("// " + mark)) {
					return i + 1;
				}
			}
			throw new IllegalArgumentException(mark);
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	static class Quiet {

		@DurableStep
		String step() {
			CallLog.add("B");
			return "step";
		}

	}

	static class QuietTransactional {

		@DurableStep
		@Transactional
		public String step() {
			CallLog.add("B" + Transactions.suffix());
			return "step";
		}

	}

	static class Chatty {

		String direct() {
			return step(); // direct
		}

		String lambda() {
			Supplier<String> call = () -> step(); // lambda
			return call.get();
		}

		String reference() {
			Supplier<String> call = this::step; // reference
			return call.get();
		}

		String anonymous() {
			return new Supplier<String>() {
				@Override
				public String get() {
					return step(); // anonymous
				}
			}.get();
		}

		@DurableStep
		String step() {
			return "step";
		}

	}

	abstract static class GenericParent<T> {

		@DurableStep
		abstract String handle(T input);

		String outer(T input) {
			return handle(input);
		}

	}

	static class GenericChild extends GenericParent<String> {

		@Override
		String handle(String input) {
			return input;
		}

	}

	static class Overriding extends Quiet {

		@Override
		@DurableStep
		String step() {
			return super.step() + "!";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Simple {

		@Bean
		Quiet quiet() {
			return new Quiet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedSimple {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Quiet quiet() {
			return new Quiet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Transactional2 {

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

		@Bean
		QuietTransactional quiet() {
			return new QuietTransactional();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Loud {

		@Bean
		Chatty chatty() {
			return new Chatty();
		}

	}

	interface Remote {

		@DurableStep
		List<String> fetch();

	}

	static class Store {

	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		private static Object fetched() {
			CallLog.add("B");
			return List.of("remote");
		}

		@Bean
		Remote withoutTarget() {
			return ProxyFactory.getProxy(Remote.class, (MethodInterceptor) (invocation) -> fetched());
		}

		@Bean
		Remote plain() {
			return (Remote) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Remote.class },
					(proxy, method, arguments) -> fetched());
		}

		@Bean
		Remote repository() {
			ProxyFactory factory = new ProxyFactory(Remote.class, (MethodInterceptor) (invocation) -> fetched());
			factory.setTarget(new Store());
			return (Remote) factory.getProxy();
		}

	}

}
