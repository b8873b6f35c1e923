package dev.durable.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.spring.DurableMethodException.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Durable methods that keep an application from starting. */
class DurableMethodCheckTests {

	@Test
	void privateMethodStopsTheStart() {
		assertThat(problemOf(PrivateMethod.class, Kind.PRIVATE_METHOD)).hasMessage(
				"@DurableStep DurableMethodCheckTests.PrivateMethod.step(String) is private, so its calls cannot be intercepted and would not be recorded. "
						+ "Ways out: remove 'private' (package-private is enough); or remove the annotation and run the code with DurableContext.step.");
	}

	@Test
	void finalMethodStopsTheStart() {
		assertThat(problemOf(FinalMethod.class, Kind.FINAL_METHOD)).hasMessage(
				"@DurableFunction DurableMethodCheckTests.FinalMethod.run() is final, so its calls cannot be intercepted and would not be recorded. "
						+ "Ways out: remove 'final' (package-private is enough); or remove the annotation and run the code with DurableContext.step.");
	}

	@Test
	void staticMethodStopsTheStart() {
		assertThat(problemOf(StaticMethod.class, Kind.STATIC_METHOD)).hasMessageStartingWith(
				"@DurableStep DurableMethodCheckTests.StaticMethod.step() is static, so its calls cannot be intercepted");
	}

	@Test
	void finalClassStopsTheStart() {
		assertThat(problemOf(FinalClass.class, Kind.FINAL_CLASS)).hasMessage(
				"@DurableStep DurableMethodCheckTests.FinalClass.step() is in a final class, which cannot be subclassed, so its calls would not be recorded. "
						+ "Ways out: make the class non-final (in Kotlin 'open', or use the kotlin-spring plugin); or move the method to another bean.");
	}

	@Test
	void finalClassFromASupplierStopsTheStartToo() {
		Throwable thrown = catchThrowable(() -> TestContexts
			.of(new FakeExecution(), (setup) -> setup.registerBean(FinalClass.class, () -> new FinalClass()))
			.close());
		assertThat(thrown).rootCause()
			.isInstanceOfSatisfying(DurableMethodException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(Kind.FINAL_CLASS));
	}

	@Test
	void privateConstructorsStopTheStart() {
		assertThat(problemOf(PrivateConstructor.class, Kind.PRIVATE_CONSTRUCTORS)).hasMessage(
				"@DurableStep DurableMethodCheckTests.PrivateConstructor.step() is in a class that has only private constructors, so it cannot be subclassed and its calls would not be recorded. "
						+ "Ways out: give the class a constructor that is at least package-private; or move the method to another bean.");
	}

	@Test
	void asyncMethodStopsTheStart() {
		assertThat(problemOf(AsyncMethod.class, Kind.ASYNC)).hasMessage(
				"@DurableStep DurableMethodCheckTests.AsyncMethod.step() would run on another thread (it is @Async), out of the order in which its caller is replayed. "
						+ "Ways out: remove @Async (on the method or its class); or return a DurableFuture or a CompletableFuture, which makes the call asynchronous inside an execution.");
	}

	@Test
	void asyncClassStopsTheStart() {
		problemOf(AsyncClass.class, Kind.ASYNC);
	}

	@Test
	void asyncAnnotationOfTheApplicationsOwnStopsTheStart() {
		Throwable thrown = catchThrowable(
				() -> TestContexts.of(new FakeExecution(), CustomAsync.class, Background.class).close());
		assertThat(thrown).rootCause()
			.hasMessageContaining("would run on another thread (it matches an asynchronous annotation)");
	}

	@Test
	void transactionalFunctionStopsTheStart() {
		assertThat(problemOf(TransactionalFunction.class, Kind.TRANSACTIONAL_FUNCTION)).hasMessage(
				"@DurableFunction DurableMethodCheckTests.TransactionalFunction.run() is @Transactional, but an execution can outlive any transaction and is replayed in new ones. "
						+ "Ways out: put @Transactional on the steps instead; or if it comes from the class, override it with @Transactional(propagation = NOT_SUPPORTED) on the method.");
	}

	@Test
	void functionInATransactionalClassStopsTheStart() {
		problemOf(TransactionalClass.class, Kind.TRANSACTIONAL_FUNCTION);
	}

	@Test
	void functionThatOptsOutOfItsClassesTransactionIsFine() {
		DurableMethodCheck.check(DurableMethods.of(OptedOut.class));
		assertThat(DurableMethods.of(OptedOut.class).all()).hasSize(1);
	}

	@Test
	void fullConfigurationClassStopsTheStart() {
		assertThat(problemOf(FullConfiguration.class, Kind.FULL_CONFIGURATION)).hasMessage(
				"@DurableStep DurableMethodCheckTests.FullConfiguration.step() is in a full @Configuration class, which Spring subclasses itself, so its calls on 'this' would not be recorded. "
						+ "Ways out: move the method to a @Component or @Service; or use @Configuration(proxyBeanMethods = false).");
	}

	@Test
	void stepThatReturnsAPublisherStopsTheStart() {
		assertThat(problemOf(PublishingStep.class, Kind.RETURN_TYPE)).hasMessage(
				"@DurableStep DurableMethodCheckTests.PublishingStep.step() cannot give its result to its callers: the return type must be a value, void, DurableFuture, CompletableFuture, CompletionStage or Future but was 'java.util.concurrent.Flow$Publisher<java.lang.String>'. "
						+ "Ways out: return the result itself; or return a DurableFuture or a CompletableFuture of the result.");
	}

	@Test
	void functionThatReturnsARawFutureStopsTheStart() {
		assertThat(problemOf(RawFuture.class, Kind.RETURN_TYPE)).hasMessageContaining(
				"@DurableFunction DurableMethodCheckTests.RawFuture.run() cannot give its result to its callers: the return type must name its result, as in 'java.util.concurrent.CompletableFuture<Receipt>', but was the raw 'java.util.concurrent.CompletableFuture'.");
	}

	@Test
	void functionThatReturnsAForeignFutureStopsTheStart() {
		assertThat(problemOf(ForeignFuture.class, Kind.RETURN_TYPE)).hasMessageContaining(
				"the return type must be a value, void, DurableFuture, CompletableFuture, CompletionStage or Future but was 'java.util.concurrent.FutureTask<java.lang.String>'");
	}

	@Test
	void functionWithAContextParameterStopsTheStart() {
		assertThat(problemOf(ContextParameter.class, Kind.PARAMETER)).hasMessageContaining(
				"has a DurableContext parameter, but its arguments are recorded as the execution's input");
	}

	@Test
	void stepThatIsAFunctionTooStopsTheStart() {
		problemOf(Both.class, Kind.STEP_AND_FUNCTION);
	}

	@Test
	void nameWithForbiddenCharactersStopsTheStart() {
		assertThat(problemOf(BadName.class, Kind.ATTRIBUTE)).hasMessageContaining(
				"@DurableFunction DurableMethodCheckTests.BadName.run() is not valid: 'name' must match [a-zA-Z0-9_-]{1,64} but was 'no spaces'");
	}

	@Test
	void retryAttributeThatIsNoNumberStopsTheStart() {
		assertThat(problemOf(BadRetry.class, Kind.ATTRIBUTE)).hasMessageContaining(
				"'delay' must be a duration such as '500ms', '30d' or 'PT1H' but was 'soon' (from '${no.such:soon}')");
	}

	@Test
	void duplicateFunctionStopsTheStart() {
		assertThat(problemOf(DurableMethodException.Kind.DUPLICATE_FUNCTION, One.class, Two.class)).hasMessage(
				"Durable function 'twice' version '1' exists twice: DurableMethodCheckTests.One.run() of bean 'durableMethodCheckTests.One' and DurableMethodCheckTests.Two.run() of bean 'durableMethodCheckTests.Two'. "
						+ "Ways out: give one of them another 'name'; or if one replaces the other, give it another 'version'.");
	}

	@Test
	void beanThatAPostProcessorNeedsStopsTheStart() {
		assertThat(problemOf(Kind.CREATED_TOO_EARLY, Needed.class, WithNeeding.class)).hasMessageStartingWith(
				"@DurableStep DurableMethodCheckTests.Needed.step() is in bean 'durableMethodCheckTests.Needed', which was created before durable methods could be intercepted");
	}

	@Test
	void functionThatAJdkProxyHidesStopsTheStart() {
		assertThat(problemOf(Kind.NOT_EXPOSED, JdkProxies.class, HiddenFunction.class)).hasMessageStartingWith(
				"@DurableFunction DurableMethodCheckTests.HiddenFunction.run() is not in an interface, but bean 'durableMethodCheckTests.HiddenFunction' is a JDK proxy");
	}

	private static DurableMethodException problemOf(Class<?> component, Kind kind) {
		DurableMethodException problem = problemOf(kind, component);
		assertThat(problem.beanClass()).isEqualTo(component);
		return problem;
	}

	private static DurableMethodException problemOf(Kind kind, Class<?>... components) {
		Throwable thrown = catchThrowable(() -> TestContexts.of(new FakeExecution(), components).close());
		while (!(thrown instanceof DurableMethodException) && thrown != null) {
			thrown = thrown.getCause();
		}
		assertThat(thrown).isInstanceOf(DurableMethodException.class);
		DurableMethodException problem = (DurableMethodException) thrown;
		assertThat(problem.kind()).isEqualTo(kind);
		assertThat(problem.waysOut()).isNotEmpty();
		return problem;
	}

	static class PrivateMethod {

		@DurableStep
		private String step(String input) {
			return input;
		}

	}

	static class FinalMethod {

		@DurableFunction
		final void run() {
		}

	}

	static class StaticMethod {

		@DurableStep
		static void step() {
		}

	}

	static final class FinalClass {

		@DurableStep
		void step() {
		}

	}

	static class PrivateConstructor {

		private PrivateConstructor() {
		}

		@DurableStep
		void step() {
		}

	}

	static class AsyncMethod {

		@Async
		@DurableStep
		void step() {
		}

	}

	@Async
	static class AsyncClass {

		@DurableFunction
		void run() {
		}

	}

	@EnableAsync(annotation = RunsInBackground.class, proxyTargetClass = true)
	static class CustomAsync {

	}

	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@interface RunsInBackground {

	}

	static class Background {

		@RunsInBackground
		@DurableStep
		public void step() {
		}

	}

	static class TransactionalFunction {

		@Transactional
		@DurableFunction
		void run() {
		}

	}

	@Transactional
	static class TransactionalClass {

		@DurableFunction
		void run() {
		}

	}

	@Transactional
	static class OptedOut {

		@Transactional(propagation = Propagation.NOT_SUPPORTED)
		@DurableFunction
		void run() {
		}

	}

	@Configuration
	static class FullConfiguration {

		@Bean
		String text() {
			return "text";
		}

		@DurableStep
		void step() {
		}

	}

	static class PublishingStep {

		@DurableStep
		Flow.Publisher<String> step() {
			return (subscriber) -> subscriber.onComplete();
		}

	}

	static class RawFuture {

		@SuppressWarnings("rawtypes")
		@DurableFunction
		CompletableFuture run() {
			return CompletableFuture.completedFuture("");
		}

	}

	static class ForeignFuture {

		@DurableFunction
		FutureTask<String> run() {
			return new FutureTask<>(() -> "");
		}

	}

	static class ContextParameter {

		@DurableFunction
		void run(DurableContext context) {
		}

	}

	static class Both {

		@DurableFunction
		@DurableStep
		void run() {
		}

	}

	static class BadName {

		@DurableFunction(name = "no spaces")
		void run() {
		}

	}

	static class BadRetry {

		@DurableStep(delayString = "${no.such:soon}")
		void step() {
		}

	}

	static class One {

		@DurableFunction(name = "twice")
		void run() {
		}

	}

	static class Two {

		@DurableFunction(name = "twice")
		void run() {
		}

	}

	static class Needed {

		@DurableStep
		void step() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithNeeding {

		@Bean
		static BeanPostProcessor needing(Needed needed) {
			return new Needing();
		}

	}

	static class Needing implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

	@EnableTransactionManagement
	static class JdkProxies {

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	interface Visible {

		void other();

	}

	static class HiddenFunction implements Visible {

		@Override
		@Transactional
		public void other() {
		}

		@DurableFunction
		public void run() {
		}

	}

}
