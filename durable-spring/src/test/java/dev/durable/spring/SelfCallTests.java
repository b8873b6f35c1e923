package dev.durable.spring;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.durable.DurableStep;
import dev.durable.spring.visibility.PublicSteps;
import org.springframework.beans.factory.InitializingBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Lookup;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Calls on {@code this} in beans that Spring builds from their class. */
class SelfCallTests {

	private final FakeExecution execution = new FakeExecution();

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@Test
	void stepWhenCalledOnThisIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			Plain bean = context.getBean(Plain.class);
			assertThat(this.execution.run(bean::outer)).isEqualTo("inner!");
			assertThat(CallLog.drain()).containsExactly("D:inner", "B:inner", "R", "/D:inner");
		}
	}

	@Test
	void stepWhenCalledFromOutsideTheBeanIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			assertThat(this.execution.run(context.getBean(Plain.class)::inner)).isEqualTo("inner");
			assertThat(CallLog.drain()).containsExactly("D:inner", "B:inner", "R", "/D:inner");
		}
	}

	@Test
	void stepWhenRecordedDoesNotRunAgain() throws Exception {
		this.execution.recorded("inner", "before");
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			assertThat(this.execution.run(context.getBean(Plain.class)::outer)).isEqualTo("before!");
			assertThat(CallLog.drain()).containsExactly("D:inner", "/D:inner");
		}
	}

	@Test
	void stepWhenNoExecutionRunsIsAPlainCall() {
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			assertThat(context.getBean(Plain.class).outer()).isEqualTo("inner!");
			assertThat(CallLog.drain()).containsExactly("B:inner");
		}
	}

	@Test
	void stepWhenCalledInsideAStepIsPartOfIt() throws Exception {
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			this.execution.run(context.getBean(Plain.class)::nesting);
			assertThat(CallLog.drain()).containsExactly("D:nesting", "B:inner", "R", "/D:nesting");
		}
	}

	@Test
	void stepWhenItFailsAndIsTriedAgainInPlaceRunsItsBodyAgain() {
		this.execution.attempts(3);
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> this.execution.run(context.getBean(Plain.class)::failing))
				.withMessage("disk");
			assertThat(CallLog.drain()).containsExactly("D:broken", "B:broken", "B:broken", "B:broken", "/D:broken");
		}
	}

	@Test
	void beanWithoutOtherAdviceIsNotAProxy() {
		try (var context = TestContexts.of(this.execution, Plain.class)) {
			Plain bean = context.getBean(Plain.class);
			assertThat(bean).isInstanceOf(DurableEnhanced.class)
				.isNotInstanceOf(org.springframework.aop.framework.Advised.class);
			assertThat(bean.getClass().getSuperclass()).isEqualTo(Plain.class);
		}
	}

	@Test
	void constructorWhenSeveralExistIsTheOneThatSpringWouldChoose() throws Exception {
		try (var context = TestContexts.of(this.execution, Dependencies.class, Injected.class)) {
			Injected bean = context.getBean(Injected.class);
			assertThat(this.execution.run(bean::outer)).isEqualTo("second 42 second,first true first");
			assertThat(CallLog.drain()).containsExactly("D:inner", "B:inner", "R", "/D:inner");
		}
	}

	@Test
	void stepWhenCalledInASetterOrPostConstructIsIntercepted() throws Exception {
		this.execution.run(() -> {
			TestContexts.of(this.execution, Dependencies.class, Initialized.class).close();
			return "";
		});
		assertThat(CallLog.drain()).containsExactly("B:inner constructor", "D:inner", "B:inner setter", "R", "/D:inner",
				"D:inner", "B:inner init", "R", "/D:inner");
	}

	@Test
	void stepWhenProtectedOrPackagePrivateIsRecorded() throws Exception {
		try (var context = TestContexts.of(this.execution, Hidden.class)) {
			this.execution.run(context.getBean(Hidden.class)::outer);
			assertThat(CallLog.drain()).containsExactly("D:shielded", "R", "/D:shielded", "D:local", "R", "/D:local");
		}
	}

	@Test
	void stepWhenPublicInAPackagePrivateParentIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, PublicSteps.class)) {
			PublicSteps bean = context.getBean(PublicSteps.class);
			assertThat(this.execution.run(bean::outer)).isEqualTo("visible");
			assertThat(this.execution.run(bean::step)).isEqualTo("visible");
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step");
		}
	}

	@Test
	void stepWhenDeclaredInAGenericInterfaceIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Orders.class)) {
			Handler<String, List<Integer>> bean = context.getBean(Orders.class);
			assertThat(this.execution.run(() -> bean.handle("abc"))).containsExactly(3);
			assertThat(this.execution.run(() -> context.getBean(Orders.class).outer())).containsExactly(4);
			assertThat(CallLog.drain()).containsExactly("D:handle", "R", "/D:handle", "D:handle", "R", "/D:handle");
			assertThat(this.execution.type("handle")).hasToString("java.util.List<java.lang.Integer>");
		}
	}

	@Test
	void stepWhenInheritedFromAGenericParentKnowsItsTypes() throws Exception {
		try (var context = TestContexts.of(this.execution, Concrete.class)) {
			this.execution.run(() -> context.getBean(Concrete.class).outer());
			assertThat(CallLog.drain()).containsExactly("D:all", "R", "/D:all", "D:produce", "R", "/D:produce");
			assertThat(this.execution.type("all"))
				.hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>");
			assertThat(this.execution.type("produce")).hasToString("java.lang.Long");
		}
	}

	@Test
	void stepWithVarargsAndMethodTypeParameterIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, Varargs.class)) {
			assertThat(this.execution.run(() -> context.getBean(Varargs.class).outer())).containsExactly("a", "b");
			assertThat(CallLog.drain()).containsExactly("D:collect", "R", "/D:collect");
		}
	}

	@Test
	void stepWhenAnInterfaceDefaultMethodIsRecorded() throws Exception {
		try (var context = TestContexts.of(this.execution, Defaulted.class)) {
			Defaulted bean = context.getBean(Defaulted.class);
			assertThat(this.execution.run(bean::outer)).isEqualTo("default");
			assertThat(CallLog.drain()).containsExactly("D:fallback", "R", "/D:fallback");
		}
	}

	@Test
	void stepWhenCalledByLambdaMethodReferenceAnonymousClassOrRecursionIsRecordedEachTime() throws Exception {
		try (var context = TestContexts.of(this.execution, Indirect.class)) {
			Indirect bean = context.getBean(Indirect.class);
			this.execution.run(bean::lambda);
			this.execution.run(bean::reference);
			this.execution.run(bean::anonymous);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step", "D:step",
					"R", "/D:step");
			this.execution.run(() -> bean.countdown(2));
			assertThat(CallLog.drain()).containsExactly("D:countdown", "R", "/D:countdown");
		}
	}

	@Test
	void stepWhenPrimitiveOrVoidReturnsNothingButItsValue() throws Exception {
		try (var context = TestContexts.of(this.execution, Primitives.class)) {
			Primitives bean = context.getBean(Primitives.class);
			assertThat(this.execution.run(bean::outer)).isEqualTo(7);
			assertThat(this.execution.type("number").type()).isEqualTo(Integer.class);
			assertThat(this.execution.type("nothing").type()).isEqualTo(Void.class);
		}
	}

	@Test
	void prototypesInterceptThemselvesEach() throws Exception {
		try (var context = TestContexts.of(this.execution, Prototype.class)) {
			Prototype one = context.getBean(Prototype.class);
			Prototype two = context.getBean(Prototype.class);
			assertThat(one).isNotSameAs(two).hasSameClassAs(two);
			this.execution.run(one::outer);
			this.execution.run(two::outer);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step");
		}
	}

	@Test
	void lazyBeanAndLazyInjectionPointInterceptOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, LazyBean.class, LazyUser.class)) {
			this.execution.run(context.getBean(LazyUser.class)::use);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step");
		}
	}

	@Test
	void scopedProxyIsLeftAloneAndItsTargetIntercepts() throws Exception {
		try (var context = TestContexts.of(this.execution, Scoped.class)) {
			Scoped bean = context.getBean(Scoped.class);
			this.execution.run(bean::outer);
			this.execution.run(bean::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step");
		}
	}

	@Test
	void circularReferenceByProviderWorks() throws Exception {
		try (var context = TestContexts.of(this.execution, CircleA.class, CircleB.class)) {
			this.execution.run(context.getBean(CircleA.class)::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step");
		}
	}

	@Test
	void contextsOnOneLoaderShareTheClassButNotTheInterceptor() throws Exception {
		FakeExecution other = new FakeExecution().named("other-");
		this.execution.named("one-");
		try (var one = TestContexts.of(this.execution, Plain.class); var two = TestContexts.of(other, Plain.class)) {
			assertThat(one.getBean(Plain.class)).hasSameClassAs(two.getBean(Plain.class));
			this.execution.run(one.getBean(Plain.class)::outer);
			other.run(two.getBean(Plain.class)::outer);
			assertThat(CallLog.drain()).containsExactly("D:one-inner", "B:inner", "R", "/D:one-inner", "D:other-inner",
					"B:inner", "R", "/D:other-inner");
		}
	}

	@Test
	void lookupMethodsKeepWorking() throws Exception {
		try (var context = TestContexts.of(this.execution, WithLookup.class, Prototype.class)) {
			this.execution.run(context.getBean(WithLookup.class)::outer);
			assertThat(CallLog.drain()).containsExactly("D:create", "R", "/D:create");
		}
	}

	@Test
	void eventListenerThatIsAStepIsInterceptedOnce() throws Exception {
		this.execution.run(() -> {
			TestContexts.of(this.execution, Listening.class).close();
			return "";
		});
		assertThat(CallLog.drain()).containsExactly("D:refreshed", "R", "/D:refreshed");
	}

	@Test
	void liteConfigurationClassMayHaveSteps() throws Exception {
		try (var context = TestContexts.of(this.execution, Lite.class)) {
			this.execution.run(context.getBean(Lite.class)::outer);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step");
		}
	}

	@Test
	void definitionWithAnInheritedClassIsEnhanced() throws Exception {
		try (var context = TestContexts.of(this.execution, (setup) -> {
			setup.registerBeanDefinition("plain", new RootBeanDefinition(Plain.class.getName()));
		})) {
			this.execution.run(context.getBean(Plain.class)::outer);
			assertThat(CallLog.drain()).containsExactly("D:inner", "B:inner", "R", "/D:inner");
		}
	}

	@Test
	void classThatCannotBeLoadedIsLeftToSpring() {
		DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
		factory.registerBeanDefinition("broken", new RootBeanDefinition("no.such.Class"));
		new DurableClassPostProcessor().postProcessBeanFactory(factory);
		assertThat(factory.getBeanDefinition("broken").getBeanClassName()).isEqualTo("no.such.Class");
	}

	@Test
	void circularConstructorsFailAsAlways() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> TestContexts.of(this.execution, TightA.class, TightB.class))
			.withMessageContaining("circular reference");
	}

	static class Plain {

		String outer() {
			return inner() + "!";
		}

		@DurableStep
		String inner() {
			CallLog.add("B:inner");
			return "inner";
		}

		@DurableStep
		String nesting() {
			return inner();
		}

		String failing() throws IOException {
			return broken();
		}

		@DurableStep
		String broken() throws IOException {
			CallLog.add("B:broken");
			throw new IOException("disk");
		}

	}

	record Dependency(String name) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Dependencies {

		@Bean
		@org.springframework.core.annotation.Order(2)
		Dependency first() {
			return new Dependency("first");
		}

		@Bean
		@org.springframework.core.annotation.Order(1)
		Dependency second() {
			return new Dependency("second");
		}

	}

	static class Injected {

		private final String text;

		Injected() {
			this.text = "wrong constructor";
		}

		@Autowired
		Injected(@Qualifier("second") Dependency one, @Value("42") int number, List<Dependency> all,
				Optional<AnnotationConfigApplicationContext> optional,
				@Qualifier("first") ObjectProvider<Dependency> later,
				@Lazy @Qualifier("lazy") @Nullable Supplier<String> lazy) {
			this.text = "%s %d %s %s %s".formatted(one.name(), number,
					String.join(",", all.stream().map(Dependency::name).toList()), optional.isPresent(),
					later.getObject().name());
		}

		String outer() {
			return inner();
		}

		@DurableStep
		String inner() {
			CallLog.add("B:inner");
			return this.text;
		}

	}

	static class Initialized implements InitializingBean {

		Initialized() {
			inner("constructor");
		}

		@Autowired
		@Qualifier("first")
		void setDependency(Dependency dependency) {
			inner("setter");
		}

		@Override
		public void afterPropertiesSet() {
			inner("init");
		}

		@DurableStep
		void inner(String when) {
			CallLog.add("B:inner " + when);
		}

	}

	static class Hidden {

		String outer() {
			return shielded() + local();
		}

		@DurableStep
		protected String shielded() {
			return "shielded";
		}

		@DurableStep
		String local() {
			return "local";
		}

	}

	interface Handler<I, O> {

		@DurableStep
		O handle(I input);

	}

	static class Orders implements Handler<String, List<Integer>> {

		@Override
		public List<Integer> handle(String input) {
			return List.of(input.length());
		}

		List<Integer> outer() {
			return handle("abcd");
		}

	}

	abstract static class Base<T extends Number> {

		@DurableStep
		java.util.Map<String, List<T>> all() {
			return java.util.Map.of();
		}

		@DurableStep
		abstract Number produce();

		Number outer() {
			all();
			return produce();
		}

	}

	static class Concrete extends Base<Long> {

		@Override
		Long produce() {
			return 1L;
		}

	}

	static class Varargs {

		List<String> outer() {
			return collect("a", "b");
		}

		@DurableStep
		@SuppressWarnings("unchecked")
		<T> List<T> collect(T... items) {
			return Arrays.asList(items);
		}

	}

	interface WithDefault {

		@DurableStep
		default String fallback() {
			return "default";
		}

	}

	static class Defaulted implements WithDefault {

		String outer() {
			return fallback();
		}

	}

	static class Indirect {

		String lambda() {
			Supplier<String> call = () -> step();
			return call.get();
		}

		String reference() {
			Supplier<String> call = this::step;
			return call.get();
		}

		String anonymous() {
			return new Supplier<String>() {
				@Override
				public String get() {
					return step();
				}
			}.get();
		}

		@DurableStep
		String step() {
			return "step";
		}

		@DurableStep
		int countdown(int from) {
			return (from == 0) ? 0 : countdown(from - 1);
		}

	}

	static class Primitives {

		int outer() {
			nothing();
			return number();
		}

		@DurableStep
		int number() {
			return 7;
		}

		@DurableStep
		void nothing() {
		}

	}

	@Scope("prototype")
	static class Prototype {

		String outer() {
			return step();
		}

		@DurableStep
		String step() {
			return "step";
		}

	}

	@Lazy
	static class LazyBean {

		@DurableStep
		String step() {
			return "step";
		}

	}

	static class LazyUser {

		private final LazyBean bean;

		LazyUser(@Lazy LazyBean bean) {
			this.bean = bean;
		}

		String use() {
			return this.bean.step();
		}

	}

	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class Scoped {

		String outer() {
			return step();
		}

		@DurableStep
		String step() {
			return "step";
		}

	}

	static class CircleA {

		private final ObjectProvider<CircleB> other;

		CircleA(ObjectProvider<CircleB> other) {
			this.other = other;
		}

		@DurableStep
		String step() {
			return this.other.getObject().name();
		}

	}

	static class CircleB {

		private final CircleA other;

		CircleB(CircleA other) {
			this.other = other;
		}

		String name() {
			return this.other.toString();
		}

	}

	static class TightA {

		TightA(TightB other) {
		}

		@DurableStep
		String step() {
			return "step";
		}

	}

	static class TightB {

		TightB(TightA other) {
		}

	}

	abstract static class WithLookup {

		String outer() {
			return create();
		}

		@DurableStep
		String create() {
			return prototype().step();
		}

		@Lookup
		abstract Prototype prototype();

	}

	static class Listening {

		@DurableStep
		@EventListener
		void refreshed(ContextRefreshedEvent event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lite {

		String outer() {
			return step();
		}

		@DurableStep
		String step() {
			return "step";
		}

	}

}
