package dev.durable.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.DurableClient;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.DurableStep;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.ParallelBranch;
import dev.durable.RetryPreset;
import dev.durable.TypeRef;
import dev.durable.TypedFunctionStart.FunctionCall;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Annotated steps as map functions and branches, on the real engine. */
@Timeout(60)
class AnnotatedBranchTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			Application.class);

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
	void stepOfAnotherBeanIsAMapFunction() {
		ExecutionHandle<List<Receipt>> execution = start((flow) -> flow.chargeAll(List.of("a", "b", "c")));
		assertThat(execution.result(TIMEOUT)).containsExactly(new Receipt("a"), new Receipt("b"), new Receipt("c"));
		assertThat(parents(execution, "charge")).doesNotHaveDuplicates()
			.hasSize(3)
			.isSubsetOf(contexts(execution))
			.doesNotContainNull();
		assertThat(CallLog.drain()).containsOnlyOnce("charge a", "charge b", "charge c");
	}

	@Test
	void stepOnThisIsAMapFunctionAndABranch() {
		ExecutionHandle<List<String>> execution = start((flow) -> flow.mixAll(List.of("x", "y")));
		assertThat(execution.result(TIMEOUT)).containsExactly("mixed x", "mixed y", "mixed left", "charged right");
		assertThat(parents(execution, "mix")).doesNotHaveDuplicates().hasSize(3).isSubsetOf(contexts(execution));
		assertThat(parents(execution, "charge")).hasSize(1).isSubsetOf(contexts(execution));
	}

	@Test
	void branchesWhoseStepsWaitAreReplayedButTheirStepsAreNot() {
		ExecutionHandle<List<String>> execution = start((flow) -> flow.slowly(List.of("p", "q")));
		assertThat(execution.result(TIMEOUT)).containsExactly("mixed mixed p", "mixed mixed q");
		List<String> log = CallLog.drain();
		assertThat(Collections.frequency(log, "slowly")).isGreaterThan(1);
		assertThat(log).containsOnlyOnce("mix p", "mix q", "mix mixed p", "mix mixed q");
	}

	@Test
	void asynchronousStepInABranchBelongsToIt() {
		ExecutionHandle<List<String>> execution = start((flow) -> flow.laterAll(List.of("m", "n")));
		assertThat(execution.result(TIMEOUT)).containsExactly("m later", "n later");
		assertThat(parents(execution, "later")).doesNotHaveDuplicates().hasSize(2).isSubsetOf(contexts(execution));
	}

	@Test
	void stepThatFailsFailsItsItemOnly() {
		ExecutionHandle<List<String>> execution = start((flow) -> flow.refuseSome(List.of("ok", "bad", "fine")));
		assertThat(execution.result(TIMEOUT)).containsExactly("accepted ok", "accepted fine",
				"1: java.lang.IllegalStateException");
	}

	private <T> ExecutionHandle<T> start(FunctionCall<OrderFlow, T> call) {
		return this.client.function(OrderFlow.class).start(call);
	}

	/** The contexts that the steps of a name belong to. */
	private static List<OperationId> parents(ExecutionHandle<?> execution, String step) {
		return operations(execution, EventType.STEP_SUCCEEDED).stream()
			.filter((operation) -> step.equals(operation.name()))
			.map(OperationRef::parentId)
			.toList();
	}

	private static Collection<OperationId> contexts(ExecutionHandle<?> execution) {
		return operations(execution, EventType.CONTEXT_STARTED).stream().map(OperationRef::id).toList();
	}

	private static List<OperationRef> operations(ExecutionHandle<?> execution, EventType type) {
		return execution.history()
			.stream()
			.filter((event) -> event.type() == type)
			.map(HistoryEvent::operation)
			.filter(Objects::nonNull)
			.toList();
	}

	record Receipt(String order) {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ DurableSpringConfiguration.class, OrderFlow.class, Payments.class })
	static class Application {

		@Bean(initMethod = "start", destroyMethod = "stop")
		EmbeddedEngine engine(DurableFunctions functions, SpringTypedCalls typedCalls) {
			MemoryCheckpointStore store = new MemoryCheckpointStore();
			JacksonPayloadCodec codec = new JacksonPayloadCodec();
			return EmbeddedEngine.builder(store, store, codec)
				.functions(functions::get)
				.typedCalls(typedCalls)
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
		Receipt charge(String order) {
			CallLog.add("charge " + order);
			return new Receipt(order);
		}

	}

	static class OrderFlow {

		private final DurableContext durable;

		private final Payments payments;

		OrderFlow(DurableContext durable, Payments payments) {
			this.durable = durable;
			this.payments = payments;
		}

		@DurableFunction
		List<Receipt> chargeAll(List<String> orders) {
			return this.durable
				.map("charge-all", orders, Receipt.class, (child, order, index) -> this.payments.charge(order))
				.results();
		}

		@DurableFunction
		List<String> mixAll(List<String> items) {
			BatchResult<String> mapped = this.durable.map("mix-all", items, String.class,
					(child, item, index) -> mix(item));
			BatchResult<String> branches = this.durable.parallel("both",
					List.of(ParallelBranch.of("left", (child) -> mix("left")),
							ParallelBranch.of("right", (child) -> "charged " + this.payments.charge("right").order())),
					String.class);
			return List.of(mapped.results().get(0), mapped.results().get(1), branches.results().get(0),
					branches.results().get(1));
		}

		@DurableFunction
		List<String> slowly(List<String> items) {
			CallLog.add("slowly");
			return this.durable.map("mix-slowly", items, String.class, (child, item, index) -> {
				String once = mix(item);
				this.durable.wait("rest", Duration.ofMillis(20));
				return mix(once);
			}).results();
		}

		@DurableFunction
		List<String> laterAll(List<String> items) {
			return this.durable
				.map("later-all", items, TypeRef.of(String.class), BatchOptions.builder().maxConcurrency(1).build(),
						(child, item, index) -> later(item).get())
				.results();
		}

		@DurableFunction
		List<String> refuseSome(List<String> items) {
			BatchResult<String> result = this.durable.map("refuse-some", items, String.class,
					(child, item, index) -> accept(item));
			return List.of(result.results().get(0), result.results().get(1),
					result.failureCount() + ": " + result.errors().get(0).errorType());
		}

		@DurableStep
		String mix(String item) {
			CallLog.add("mix " + item);
			return "mixed " + item;
		}

		@DurableStep(name = "later")
		DurableFuture<String> later(String item) {
			return DurableFuture.completed(item + " later");
		}

		@DurableStep(retry = RetryPreset.NONE)
		String accept(String item) {
			if (item.equals("bad")) {
				throw new IllegalStateException("bad item");
			}
			return "accepted " + item;
		}

	}

}
