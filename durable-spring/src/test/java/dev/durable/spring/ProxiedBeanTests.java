package dev.durable.spring;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import dev.durable.DurableStep;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Enhanced beans behind other proxies. */
class ProxiedBeanTests {

	private final FakeExecution execution = new FakeExecution();

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@Test
	void transactionalStepIsRecordedOutsideItsTransactionAndReportsItsResultInside() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, Accounts.class)) {
			Accounts bean = context.getBean(Accounts.class);
			assertThat(AopUtils.isCglibProxy(bean)).isTrue();
			this.execution.run(bean::book);
			assertThat(CallLog.drain()).containsExactly("D:book", "B+tx", "R+tx", "/D:book");
		}
	}

	@Test
	void transactionalStepWhenCalledOnThisHasItsTransactionToo() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, Accounts.class)) {
			this.execution.run(context.getBean(Accounts.class)::outer);
			assertThat(CallLog.drain()).containsExactly("outer", "D:book", "B+tx", "R+tx", "/D:book");
		}
	}

	@Test
	void transactionalStepThatReturnsAFutureReportsItsResultInside() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, LaterPayments.class)) {
			LaterPayments bean = context.getBean(LaterPayments.class);
			assertThat(this.execution.run(bean::pay).get()).isEqualTo("paid");
			assertThat(CallLog.drain()).containsExactly("A", "D:pay", "B+tx", "R+tx", "/D:pay");
			assertThat(this.execution.returned()).isEqualTo("paid");
			assertThat(this.execution.type("pay").type()).isEqualTo(String.class);
		}
	}

	@Test
	void transactionalStepWhoseFutureFailsIsRolledBack() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, LaterPayments.class)) {
			LaterPayments bean = context.getBean(LaterPayments.class);
			assertThatIllegalStateException().isThrownBy(() -> this.execution.run(bean::refuse))
				.withMessage("no money");
			assertThat(CallLog.drain()).containsExactly("A", "D:refuse", "rolled back", "/D:refuse");
		}
	}

	@Test
	void transactionalStepWhenRecordedOpensNoTransaction() throws Exception {
		this.execution.recorded("book", "before");
		try (var context = TestContexts.of(this.execution, WithTransactions.class, Accounts.class)) {
			assertThat(this.execution.run(context.getBean(Accounts.class)::book)).isEqualTo("before");
			assertThat(CallLog.drain()).containsExactly("D:book", "/D:book");
		}
	}

	@Test
	void stepInATransactionalClassIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, TransactionalClass.class)) {
			TransactionalClass bean = context.getBean(TransactionalClass.class);
			this.execution.run(bean::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B+tx", "R+tx", "/D:step");
		}
	}

	@Test
	void transactionalStepThatIsPartOfAnotherDoesNotReportItsResult() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, Accounts.class)) {
			this.execution.run(context.getBean(Accounts.class)::nesting);
			assertThat(CallLog.drain()).containsExactly("D:nesting", "B+tx", "R", "/D:nesting");
		}
	}

	@Test
	void stepInABeanWithAnotherAsyncMethodIsRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, WithAsync.class, Mailer.class)) {
			Mailer bean = context.getBean(Mailer.class);
			assertThat(bean).isInstanceOf(Advised.class);
			this.execution.run(bean::step);
			this.execution.run(bean::outer);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step");
		}
	}

	@Test
	void stepWhoseArgumentsAreInvalidFailsInsideTheStep() {
		try (var context = TestContexts.of(this.execution, WithValidation.class, Validating.class)) {
			Validating bean = context.getBean(Validating.class);
			assertThatExceptionOfType(jakarta.validation.ConstraintViolationException.class)
				.isThrownBy(() -> this.execution.run(() -> bean.step(null)));
			assertThat(CallLog.drain()).containsExactly("D:step", "/D:step");
		}
	}

	@Test
	void stepAfterAnInvalidCallIsStillRecordedOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, WithValidation.class, Validating.class)) {
			Validating bean = context.getBean(Validating.class);
			assertThatExceptionOfType(jakarta.validation.ConstraintViolationException.class)
				.isThrownBy(() -> this.execution.run(() -> bean.step(null)));
			CallLog.drain();
			this.execution.run(() -> bean.step("valid"));
			this.execution.run(bean::outer);
			assertThat(CallLog.drain()).containsExactly("D:step", "R", "/D:step", "D:step", "R", "/D:step");
		}
	}

	@Test
	void retryableStepIsOneStepWithSeveralBodies() throws Exception {
		try (var context = TestContexts.of(this.execution, WithRetries.class, Flaky.class)) {
			Flaky bean = context.getBean(Flaky.class);
			assertThat(this.execution.run(bean::step)).isEqualTo("third");
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "B", "B", "R", "/D:step");
			bean.failNext(2);
			assertThat(this.execution.run(bean::outer)).isEqualTo("third");
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "B", "B", "R", "/D:step");
		}
	}

	@Test
	void stepThatTheEngineTriesAgainInPlaceRunsAllAdviceAgain() throws Exception {
		this.execution.attempts(3);
		try (var context = TestContexts.of(this.execution, WithAspect.class, Advisable.class)) {
			Advisable bean = context.getBean(Advisable.class);
			assertThat(this.execution.run(bean::flaky)).isEqualTo("done");
			assertThat(CallLog.drain()).containsExactly("D:flaky", "A", "B", "/A", "A", "B", "R", "/A", "/D:flaky");
			bean.failNext(1);
			assertThat(this.execution.run(bean::outer)).isEqualTo("done");
			assertThat(CallLog.drain()).containsExactly("D:flaky", "A", "B", "/A", "A", "B", "R", "/A", "/D:flaky");
		}
	}

	@Test
	void aspectThatProceedsTwiceRunsTheBodyTwiceInOneStep() throws Exception {
		try (var context = TestContexts.of(this.execution, WithDoubling.class, Advisable.class)) {
			this.execution.run(context.getBean(Advisable.class)::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "B", "R", "/D:step");
		}
	}

	@Test
	void recursionThroughAProxiedBeanStaysInItsStep() throws Exception {
		try (var context = TestContexts.of(this.execution, WithTransactions.class, Accounts.class)) {
			assertThat(this.execution.run(() -> context.getBean(Accounts.class).countdown(2))).isZero();
			assertThat(CallLog.drain()).containsExactly("D:countdown", "B+tx", "B+tx", "B+tx", "R+tx", "/D:countdown");
		}
	}

	@Test
	void jdkProxyInterceptsOnceAndSelfCallsToo() throws Exception {
		try (var context = TestContexts.of(this.execution, WithJdkProxies.class, Ledger.class)) {
			Books bean = context.getBean(Books.class);
			assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
			this.execution.run(bean::entry);
			this.execution.run(bean::outer);
			assertThat(CallLog.drain()).containsExactly("D:entry", "B+tx", "R+tx", "/D:entry", "D:entry", "B+tx",
					"R+tx", "/D:entry");
		}
	}

	@Test
	void circularReferencesWhenAllowedInterceptOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, (setup) -> {
			setup.setAllowCircularReferences(true);
			setup.register(WithTransactions.class, Left.class, Right.class);
		})) {
			Left left = context.getBean(Left.class);
			this.execution.run(left::step);
			this.execution.run(left::outer);
			this.execution.run(context.getBean(Right.class)::callLeft);
			assertThat(CallLog.drain()).containsExactly("D:step", "B+tx", "R+tx", "/D:step", "D:step", "B+tx", "R+tx",
					"/D:step", "D:step", "B+tx", "R+tx", "/D:step");
		}
	}

	@Test
	void proxyAroundAProxyInterceptsOnce() throws Exception {
		try (var context = TestContexts.of(this.execution, (setup) -> {
			setup.registerBean("outer", DefaultAdvisorAutoProxyCreator.class, () -> {
				DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
				creator.setProxyTargetClass(true);
				return creator;
			});
			setup.register(WithTransactions.class, Accounts.class);
		})) {
			this.execution.run(context.getBean(Accounts.class)::book);
			assertThat(CallLog.drain()).startsWith("D:book").endsWith("R+tx", "/D:book").hasSize(4);
		}
	}

	@Test
	void opaqueProxyIsLeftAloneAndItsTargetIntercepts() throws Exception {
		try (var context = TestContexts.of(this.execution, (setup) -> {
			setup.registerBean("opaque", DefaultAdvisorAutoProxyCreator.class, () -> {
				DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
				creator.setProxyTargetClass(true);
				creator.setOpaque(true);
				return creator;
			});
			setup.registerBean("advisor", DefaultPointcutAdvisor.class,
					() -> new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(DurableStep.class),
							(MethodInterceptor) MethodInvocation::proceed));
			setup.register(Advisable.class);
		})) {
			Advisable bean = context.getBean(Advisable.class);
			assertThat(bean).isNotInstanceOf(Advised.class);
			this.execution.run(bean::step);
			assertThat(CallLog.drain()).containsExactly("D:step", "B", "R", "/D:step");
		}
	}

	@Test
	void mockitoSpyOfAnEnhancedBeanInterceptsOnceAndSeesOnlyUsersCalls() throws Exception {
		try (var context = TestContexts.of(this.execution, SelfCallTests.Plain.class)) {
			SelfCallTests.Plain spy = org.mockito.Mockito.spy(context.getBean(SelfCallTests.Plain.class));
			this.execution.run(spy::outer);
			assertThat(CallLog.drain()).containsExactly("D:inner", "B:inner", "R", "/D:inner");
			org.mockito.Mockito.verify(spy).outer();
			org.mockito.Mockito.verify(spy).inner();
			org.mockito.Mockito.verifyNoMoreInteractions(spy);
		}
	}

	@EnableTransactionManagement(proxyTargetClass = true)
	static class WithTransactions {

		@org.springframework.context.annotation.Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	@EnableTransactionManagement
	static class WithJdkProxies {

		@org.springframework.context.annotation.Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	static class Accounts {

		String outer() {
			CallLog.add("outer" + Transactions.suffix());
			return book();
		}

		@DurableStep
		String nesting() {
			return book();
		}

		@DurableStep
		@Transactional
		String book() {
			CallLog.add("B" + Transactions.suffix());
			return "booked";
		}

		@DurableStep
		@Transactional
		public int countdown(int from) {
			CallLog.add("B" + Transactions.suffix());
			return (from == 0) ? 0 : countdown(from - 1);
		}

	}

	static class LaterPayments {

		@DurableStep
		@Transactional
		CompletableFuture<String> pay() {
			CallLog.add("B" + Transactions.suffix());
			return CompletableFuture.supplyAsync(() -> "paid");
		}

		@DurableStep
		@Transactional
		CompletableFuture<String> refuse() {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					CallLog.add((status == STATUS_ROLLED_BACK) ? "rolled back" : "committed");
				}
			});
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException("no money");
			});
		}

	}

	@Transactional
	static class TransactionalClass {

		@DurableStep
		public String step() {
			CallLog.add("B" + Transactions.suffix());
			return "step";
		}

	}

	@EnableAsync(proxyTargetClass = true)
	static class WithAsync {

	}

	static class Mailer {

		@Async
		public void send() {
		}

		public String outer() {
			return step();
		}

		@DurableStep
		public String step() {
			return "step";
		}

	}

	static class WithValidation {

		@org.springframework.context.annotation.Bean
		static MethodValidationPostProcessor validation() {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setProxyTargetClass(true);
			processor.setValidator(jakarta.validation.Validation.byDefaultProvider()
				.configure()
				.messageInterpolator(new org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator())
				.buildValidatorFactory()
				.getValidator());
			return processor;
		}

	}

	@Validated
	static class Validating {

		public String outer() {
			return step("valid");
		}

		@DurableStep
		public String step(@jakarta.validation.constraints.NotNull @Nullable String input) {
			return "step";
		}

	}

	@EnableResilientMethods(proxyTargetClass = true)
	static class WithRetries {

	}

	static class Flaky {

		private int failures = 2;

		public void failNext(int failures) {
			this.failures = failures;
		}

		public String outer() throws IOException {
			return step();
		}

		@DurableStep
		@Retryable(delay = 0)
		public String step() throws IOException {
			CallLog.add("B");
			if (this.failures-- > 0) {
				throw new IOException("flaky");
			}
			return "third";
		}

	}

	@EnableAspectJAutoProxy(proxyTargetClass = true)
	@org.springframework.context.annotation.Import(Logging.class)
	static class WithAspect {

	}

	@Aspect
	static class Logging {

		@Around("@annotation(dev.durable.DurableStep)")
		public @Nullable Object log(ProceedingJoinPoint call) throws Throwable {
			CallLog.add("A");
			try {
				return call.proceed();
			}
			finally {
				CallLog.add("/A");
			}
		}

	}

	@EnableAspectJAutoProxy(proxyTargetClass = true)
	@org.springframework.context.annotation.Import(Doubling.class)
	static class WithDoubling {

	}

	@Aspect
	static class Doubling {

		@Around("@annotation(dev.durable.DurableStep)")
		public @Nullable Object twice(ProceedingJoinPoint call) throws Throwable {
			call.proceed();
			return call.proceed();
		}

	}

	static class Advisable {

		private int failures = 1;

		public void failNext(int failures) {
			this.failures = failures;
		}

		public String outer() throws IOException {
			return flaky();
		}

		@DurableStep
		public String flaky() throws IOException {
			CallLog.add("B");
			if (this.failures-- > 0) {
				throw new IOException("flaky");
			}
			return "done";
		}

		@DurableStep
		public String step() {
			CallLog.add("B");
			return "step";
		}

	}

	interface Books {

		String entry();

		String outer();

	}

	static class Ledger implements Books {

		@Override
		@DurableStep
		@Transactional
		public String entry() {
			CallLog.add("B" + Transactions.suffix());
			return "entry";
		}

		@Override
		public String outer() {
			return entry();
		}

	}

	static class Left {

		@Autowired
		@Nullable Right right;

		String outer() {
			return step();
		}

		@DurableStep
		@Transactional
		String step() {
			CallLog.add("B" + Transactions.suffix());
			return "left";
		}

	}

	static class Right {

		@Autowired
		@Nullable Left left;

		@Transactional(propagation = org.springframework.transaction.annotation.Propagation.NEVER)
		String callLeft() {
			return (this.left != null) ? this.left.step() : "";
		}

	}

}
