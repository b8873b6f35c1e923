package dev.durable.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CompletableFuture;

import dev.durable.DurableClient;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.DurableStep;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionHandle;
import dev.durable.EventType;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Beans on the real engine and the memory store. */
class EndToEndTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			Application.class);

	private final OrderFlow flow = this.context.getBean(OrderFlow.class);

	private final DurableClient client = this.context.getBean(DurableClient.class);

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void functionWhenItWaitsIsReplayedButItsStepsAreNot() {
		assertThat(this.flow.process(new Order("1", List.of("tea", "milk"))))
			.isEqualTo(new Receipt("1", List.of("TEA", "MILK"), "mail for 1"));
		List<String> log = CallLog.drain();
		assertThat(log).containsOnlyOnce("reserve 1", "charge 1+tx", "ship 1", "mail for 1");
		assertThat(Collections.frequency(log, "process")).isGreaterThan(1);
		assertThat(log.stream().filter((entry) -> !entry.equals("process"))).containsExactly("reserve 1", "charge 1+tx",
				"ship 1", "mail for 1");
	}

	@Test
	void typedStartRunsTheFunctionOnce() {
		Order order = new Order("2", List.of("tea"));
		ExecutionHandle<Receipt> first = this.client.function(OrderFlow.class)
			.named("order-2")
			.start((bean) -> bean.process(order));
		ExecutionHandle<Receipt> second = this.client.function(OrderFlow.class)
			.named("order-2")
			.start((bean) -> bean.process(order));
		assertThat(second.id()).isEqualTo(first.id());
		assertThat(first.result(TIMEOUT)).isEqualTo(second.result(TIMEOUT));
		assertThat(CallLog.drain()).containsOnlyOnce("reserve 2", "ship 2");
		assertThat(first.history()).filteredOn((event) -> event.type() == EventType.STEP_SUCCEEDED)
			.extracting((event) -> (event.operation() != null) ? event.operation().name() : null)
			.containsExactly("reserve", "charge", "ship");
	}

	@Test
	void idempotencyKeyMakesASecondCallAttach() {
		assertThat(this.flow.greet("Ann", "morning")).isEqualTo("good morning, Ann");
		assertThat(this.flow.greet("Ann", "morning")).isEqualTo("good morning, Ann");
		assertThat(CallLog.drain()).containsExactly("greet Ann");
		assertThatExceptionOfType(ExecutionAlreadyStartedException.class)
			.isThrownBy(() -> this.flow.greet("Ann", "evening"));
	}

	@Test
	void exceptionOfAFunctionReachesItsCallerAsItIs() {
		assertThatExceptionOfType(IOException.class).isThrownBy(this.flow::failing).withMessage("disk");
		assertThat(CallLog.drain()).containsExactly("attempt", "attempt");
	}

	@Test
	void futureFunctionsAreAwaitedByWhoeverCallsThem() throws Exception {
		assertThat(this.flow.later("x").get(30, TimeUnit.SECONDS)).isEqualTo("x later");
		assertThat(this.flow.both()).containsExactly("a soon", "b soon");
	}

	@Test
	void durableCallInsideATransactionIsRefused() {
		assertThatIllegalStateException().isThrownBy(this.flow::waitInTransaction)
			.withMessageContaining("was called while transaction (unnamed) is active on this thread");
	}

	@Test
	void functionCalledInsideAStepIsRefused() {
		assertThatIllegalStateException().isThrownBy(this.flow::callInStep)
			.withMessageContaining(
					"Durable function 'greet' (EndToEndTests.OrderFlow.greet(String, String)) was called inside a step");
	}

	record Order(String id, List<String> items) {

	}

	record Receipt(String id, List<String> items, String mail) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@Import({ DurableSpringConfiguration.class, OrderFlow.class, Payments.class, Mailing.class })
	static class Application {

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

		@Bean(initMethod = "start", destroyMethod = "stop")
		EmbeddedEngine engine(DurableFunctions functions, SpringTypedCalls typedCalls) {
			MemoryCheckpointStore store = new MemoryCheckpointStore();
			JacksonPayloadCodec codec = new JacksonPayloadCodec();
			return EmbeddedEngine.builder(store, store, codec)
				.functions(functions::get)
				.typedCalls(typedCalls)
				.callGuard(new TransactionCallGuard())
				.errorCodec(new ExceptionCodec(codec, (type) -> true, getClass().getClassLoader()))
				.build();
		}

		@Bean
		DurableClient client(EmbeddedEngine engine) {
			return engine.client();
		}

	}

	static class Payments {

		@DurableStep
		@Transactional
		String charge(Order order) {
			CallLog.add("charge " + order.id() + Transactions.suffix());
			return "charged";
		}

	}

	static class Mailing {

		private final DurableContext durable;

		Mailing(DurableContext durable) {
			this.durable = durable;
		}

		@DurableFunction
		String mail(String id, List<String> items) {
			CallLog.add("mail for " + id);
			return "mail for " + id;
		}

		@DurableFunction
		DurableFuture<String> soon(String text) {
			return this.durable.stepAsync("soon", String.class, (step) -> text + " soon");
		}

	}

	static class OrderFlow {

		private final DurableContext durable;

		private final Payments payments;

		private final Mailing mailing;

		private final TransactionTemplate transaction;

		OrderFlow(DurableContext durable, Payments payments, Mailing mailing, PlatformTransactionManager transactions) {
			this.durable = durable;
			this.payments = payments;
			this.mailing = mailing;
			this.transaction = new TransactionTemplate(transactions);
		}

		@DurableFunction(name = "process-order")
		Receipt process(Order order) {
			CallLog.add("process");
			List<String> reserved = reserve(order);
			this.payments.charge(order);
			this.durable.wait("cooling-off", Duration.ofMillis(20));
			ship(order);
			return new Receipt(order.id(), reserved, this.mailing.mail(order.id(), reserved));
		}

		@DurableStep
		List<String> reserve(Order order) {
			CallLog.add("reserve " + order.id());
			return order.items().stream().map(String::toUpperCase).toList();
		}

		@DurableStep
		void ship(Order order) {
			CallLog.add("ship " + order.id());
		}

		@DurableFunction(name = "greet", idempotencyKey = "'greet-' + #name")
		String greet(String name, String time) {
			CallLog.add("greet " + name);
			return "good %s, %s".formatted(time, name);
		}

		@DurableFunction
		String failing() throws IOException {
			return broken();
		}

		@DurableStep(maxRetries = 1, delay = 1)
		String broken() throws IOException {
			CallLog.add("attempt");
			throw new IOException("disk");
		}

		@DurableFunction
		CompletableFuture<String> later(String text) {
			return CompletableFuture.completedFuture(text + " later");
		}

		@DurableFunction
		List<String> both() {
			return DurableFuture.allOf(List.of(this.mailing.soon("a"), this.mailing.soon("b")));
		}

		@DurableFunction
		void waitInTransaction() {
			this.transaction.executeWithoutResult((status) -> this.durable.wait("pause", Duration.ofSeconds(1)));
		}

		@DurableFunction
		String callInStep() {
			return this.durable.step("outer", String.class, StepOptions.defaults().withRetry(RetryStrategy.none()),
					(step) -> greet("Bob", "day"));
		}

	}

}
