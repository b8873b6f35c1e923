package dev.durable.spring;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.DurableStep;
import dev.durable.FunctionVersion;
import dev.durable.RetryDecision;
import dev.durable.RetryPreset;
import dev.durable.RetryStrategy;
import dev.durable.StepSemantics;
import dev.durable.codec.ArgumentsType;
import dev.durable.spring.MethodReturn.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.AliasFor;
import org.springframework.samples.shop.Shop;

import static org.assertj.core.api.Assertions.assertThat;

/** What annotations mean. */
class DurableSpecsTests {

	private static final Map<String, String> TEXT = Map.of("${retries}", "7", "${delay}", "250ms", "${factor}", "1.5",
			"${timeout}", "30d", "${kept}", "90d");

	private DurableOverrides overrides = DurableOverrides.none();

	@Test
	void stepWithoutAttributesHasTheMethodsNameAndTheDefaultOptions() {
		DurableStepSpec step = step(Defaults.class, "plain");
		assertThat(step.name()).isEqualTo("plain");
		assertThat(step.options().semantics()).isEqualTo(StepSemantics.AT_LEAST_ONCE_PER_RETRY);
		assertThat(step.options().retry()).isSameAs(RetryStrategy.defaults());
	}

	@Test
	void stepInAnEnhancedClassBelongsToTheUsersClass() {
		DurableStepSpec step = step(BeanClassEnhancer.enhance(Defaults.class), "plain");
		assertThat(step.beanClass()).isEqualTo(Defaults.class);
	}

	@Test
	void functionWithoutNameIsNamedByClassAndMethod() {
		DurableFunctionSpec function = function(BeanClassEnhancer.enhance(Defaults.class), "run");
		assertThat(function.id()).isEqualTo(new FunctionVersion("Defaults-run", "1"));
		assertThat(function.times()).isEqualTo(new ExecutionTimes(null, null));
		assertThat(function.inputType()).isEqualTo(Void.class);
		assertThat(function.returned()).isEqualTo(new MethodReturn(Kind.VALUE, Void.class));
	}

	@Test
	void metaAnnotationPassesItsAttributesOn() {
		DurableStepSpec step = step(Meta.class, "pay");
		assertThat(step.name()).isEqualTo("payment");
		assertThat(step.options().semantics()).isEqualTo(StepSemantics.AT_MOST_ONCE_PER_RETRY);
	}

	@Test
	void annotationOfAnInterfaceOrParentCounts() {
		assertThat(step(Implementation.class, "of").name()).isEqualTo("from-interface");
		assertThat(step(Implementation.class, "inherited").name()).isEqualTo("from-parent");
		assertThat(step(Implementation.class, "overridden").name()).isEqualTo("from-parent-too");
	}

	@Test
	void typesAreThoseOfTheBeansClass() {
		assertThat(step(Typed.class, "list").resultType()).hasToString("java.util.List<java.lang.String>");
		assertThat(step(Typed.class, "nested").resultType())
			.hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.String>>");
		assertThat(step(Typed.class, "array").resultType()).hasToString("java.lang.String[]");
		DurableFunctionSpec function = function(Typed.class, "run");
		assertThat(((ArgumentsType) function.inputType()).elements()).extracting(Type::getTypeName)
			.containsExactly("java.lang.String", "java.util.List<java.lang.String>", "java.lang.Integer");
		assertThat(function.returned().resultType()).isEqualTo(String.class);
	}

	@Test
	void futuresAreTakenForTheirResults() {
		assertThat(function(Futures.class, "durable").returned())
			.isEqualTo(new MethodReturn(Kind.DURABLE_FUTURE, String.class));
		assertThat(function(Futures.class, "completable").returned())
			.isEqualTo(new MethodReturn(Kind.COMPLETABLE_FUTURE, Integer.class));
	}

	@Test
	void stepsThatReturnFuturesAreOfTheirResults() {
		assertThat(step(Futures.class, "durableStep").returns()).isEqualTo(Kind.DURABLE_FUTURE);
		assertThat(step(Futures.class, "durableStep").resultType()).hasToString("java.util.List<java.lang.String>");
		assertThat(step(Futures.class, "completableStep").returns()).isEqualTo(Kind.COMPLETABLE_FUTURE);
		assertThat(step(Futures.class, "completableStep").resultType()).hasToString("java.lang.Integer");
		assertThat(step(Futures.class, "stageStep").returns()).isEqualTo(Kind.COMPLETABLE_FUTURE);
		assertThat(step(Futures.class, "futureStep").returns()).isEqualTo(Kind.COMPLETABLE_FUTURE);
	}

	@Test
	void oneArgumentIsTheInputItself() {
		assertThat(function(Futures.class, "durable").inputType()).isEqualTo(Integer.class);
	}

	@Test
	void presetsAreThoseOfTheCore() {
		assertThat(step(Retries.class, "linear").options().retry()).isSameAs(RetryStrategy.linear());
		assertThat(step(Retries.class, "none").options().retry().decide(new IOException(), 1))
			.isEqualTo(RetryDecision.fail());
	}

	@Test
	void oneRetryAttributeReplacesThePresetByTheDefaultsOfRetryable() {
		RetryStrategy retry = step(Retries.class, "counted").options().retry();
		assertThat(delays(retry, 2)).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
		assertThat(retry.decide(new IOException(), 3)).isEqualTo(RetryDecision.fail());
	}

	@Test
	void retryAttributesGrowTheDelayUpToItsBound() {
		assertThat(delays(step(Retries.class, "growing").options().retry(), 4)).containsExactly(Duration.ofSeconds(2),
				Duration.ofSeconds(6), Duration.ofSeconds(18), Duration.ofSeconds(20));
	}

	@Test
	void textAttributesResolvePlaceholders() {
		StepRetry retry = (StepRetry) step(Retries.class, "text").options().retry();
		assertThat(retry.maxRetries()).isEqualTo(7);
		assertThat(retry.delay()).isEqualTo(Duration.ofMillis(250));
		assertThat(retry.multiplier()).isEqualTo(1.5);
		assertThat(retry.maxDelay()).isEqualTo(Duration.ofMinutes(5));
		assertThat(retry.jitter()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void onlyIncludedErrorsThatAreNotExcludedAreRetried() {
		RetryStrategy retry = step(Retries.class, "filtered").options().retry();
		assertThat(retry.decide(new IOException(), 1)).isInstanceOf(RetryDecision.Retry.class);
		assertThat(retry.decide(new java.io.FileNotFoundException(), 1)).isEqualTo(RetryDecision.fail());
		assertThat(retry.decide(new IllegalStateException(), 1)).isEqualTo(RetryDecision.fail());
	}

	@Test
	void timesOfExecutionsResolvePlaceholders() {
		assertThat(function(Timeouts.class, "text").times())
			.isEqualTo(new ExecutionTimes(Duration.ofDays(30), Duration.ofDays(90)));
		assertThat(function(Timeouts.class, "iso").times())
			.isEqualTo(new ExecutionTimes(Duration.ofHours(1), Duration.ZERO));
		assertThat(function(Timeouts.class, "forever").times()).extracting(ExecutionTimes::retention)
			.satisfies((retention) -> assertThat(retention).isNegative());
	}

	@Test
	void configurationOverridesSingleAttributes() {
		this.overrides = overrides(
				new StepOverride(StepSemantics.AT_MOST_ONCE_PER_RETRY, null, 1L, null, null, null, null),
				new FunctionOverride(Duration.ofDays(2), Duration.ofHours(3), "#p0"));
		DurableStepSpec step = step(Retries.class, "growing");
		assertThat(step.options().semantics()).isEqualTo(StepSemantics.AT_MOST_ONCE_PER_RETRY);
		assertThat(delays(step.options().retry(), 1)).containsExactly(Duration.ofSeconds(2));
		assertThat(step.options().retry().decide(new IOException(), 2)).isEqualTo(RetryDecision.fail());
		DurableFunctionSpec function = function(Futures.class, "durable");
		assertThat(function.times()).isEqualTo(new ExecutionTimes(Duration.ofDays(2), Duration.ofHours(3)));
		assertThat(function.executionName(new Object[] { 42 })).isEqualTo("42");
	}

	@Test
	void configuredPresetReplacesTheAnnotationsRetries() {
		this.overrides = overrides(new StepOverride(null, RetryPreset.LINEAR, null, null, null, null, null),
				FunctionOverride.NONE);
		assertThat(step(Retries.class, "growing").options().retry()).isSameAs(RetryStrategy.linear());
	}

	@Test
	void jitterMovesTheDelayBetweenTheFirstDelayAndTheBound() {
		assertThat(delays(jittered(0.0), 3)).containsExactly(Duration.ofMillis(1000), Duration.ofMillis(1000),
				Duration.ofMillis(2000));
		assertThat(delays(jittered(1.0), 3)).containsExactly(Duration.ofMillis(1500), Duration.ofMillis(3000),
				Duration.ofMillis(5000));
	}

	@Test
	void delayOfAnyAttemptStaysAtItsBound() {
		for (int attempt : new int[] { 10, 1_025, 100_000, Integer.MAX_VALUE - 1 }) {
			StepRetry retry = new StepRetry(Integer.MAX_VALUE, Duration.ofMillis(1), Duration.ZERO, 2,
					Duration.ofMillis(400), () -> 0.5);
			assertThat(retry.decide(new IOException(), attempt))
				.isEqualTo(RetryDecision.retryAfter(Duration.ofMillis(400)));
		}
	}

	@Test
	void stepOfAnApplicationInAPackageOfSpringsSamplesIsDurable() {
		assertThat(step(Shop.class, "sell").name()).isEqualTo("sell");
		assertThat(DurableMethods.of(Shop.class).all()).hasSize(1);
	}

	private static StepRetry jittered(double random) {
		return new StepRetry(3, Duration.ofSeconds(1), Duration.ofMillis(500), 2, Duration.ofSeconds(5), () -> random);
	}

	private static List<Duration> delays(RetryStrategy retry, int retries) {
		return java.util.stream.IntStream.rangeClosed(1, retries)
			.mapToObj((attempt) -> ((RetryDecision.Retry) retry.decide(new IOException(), attempt)).delay())
			.toList();
	}

	private static DurableOverrides overrides(StepOverride step, FunctionOverride function) {
		return new DurableOverrides() {
			@Override
			public Optional<StepOverride> step(String name) {
				return Optional.of(step);
			}

			@Override
			public Optional<FunctionOverride> function(String name) {
				return Optional.of(function);
			}

			@Override
			public Set<String> stepNames() {
				return Set.of();
			}

			@Override
			public Set<String> functionNames() {
				return Set.of();
			}
		};
	}

	private DurableStepSpec step(Class<?> type, String method) {
		return (DurableStepSpec) spec(type, method);
	}

	private DurableFunctionSpec function(Class<?> type, String method) {
		return (DurableFunctionSpec) spec(type, method);
	}

	private DurableMethod spec(Class<?> type, String method) {
		DurableSpecs specs = new DurableSpecs((text) -> TEXT.getOrDefault(text, text), () -> this.overrides);
		return specs.of(type)
			.all()
			.stream()
			.filter((spec) -> spec.method().getName().equals(method))
			.findFirst()
			.orElseThrow();
	}

	static class Defaults {

		@DurableStep
		void plain() {
		}

		@DurableFunction
		void run() {
		}

	}

	@DurableStep(semantics = StepSemantics.AT_MOST_ONCE_PER_RETRY)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Payment {

		@AliasFor(annotation = DurableStep.class, attribute = "name")
		String value() default "";

	}

	static class Meta {

		@Payment("payment")
		void pay() {
		}

	}

	interface Contract {

		@DurableStep(name = "from-interface")
		void of();

	}

	abstract static class Parent {

		@DurableStep(name = "from-parent")
		void inherited() {
		}

		@DurableStep(name = "from-parent-too")
		abstract void overridden();

	}

	static class Implementation extends Parent implements Contract {

		@Override
		public void of() {
		}

		@Override
		void overridden() {
		}

	}

	abstract static class Generic<T> {

		@DurableStep
		List<T> list() {
			return List.of();
		}

		@DurableStep
		Map<String, List<T>> nested() {
			return Map.of();
		}

		@DurableStep
		abstract T[] array();

		@DurableFunction
		T run(T first, List<T> second, int third) {
			return first;
		}

	}

	static class Typed extends Generic<String> {

		@Override
		String[] array() {
			return new String[0];
		}

	}

	static class Futures {

		@DurableFunction
		DurableFuture<String> durable(int number) {
			throw new UnsupportedOperationException();
		}

		@DurableFunction
		CompletableFuture<Integer> completable() {
			return CompletableFuture.completedFuture(1);
		}

		@DurableStep
		DurableFuture<List<String>> durableStep() {
			return DurableFuture.completed(List.of());
		}

		@DurableStep
		CompletableFuture<Integer> completableStep() {
			return CompletableFuture.completedFuture(1);
		}

		@DurableStep
		CompletionStage<Integer> stageStep() {
			return CompletableFuture.completedStage(1);
		}

		@DurableStep
		Future<Integer> futureStep() {
			return CompletableFuture.completedFuture(1);
		}

	}

	static class Retries {

		@DurableStep(retry = RetryPreset.LINEAR)
		void linear() {
		}

		@DurableStep(retry = RetryPreset.NONE)
		void none() {
		}

		@DurableStep(maxRetries = 2)
		void counted() {
		}

		@DurableStep(maxRetries = 9, delay = 2, multiplier = 3, maxDelay = 20, timeUnit = TimeUnit.SECONDS)
		void growing() {
		}

		@DurableStep(maxRetriesString = "${retries}", delayString = "${delay}", multiplierString = "${factor}",
				maxDelayString = "PT5M", jitterString = "3", timeUnit = TimeUnit.SECONDS)
		void text() {
		}

		@DurableStep(includes = IOException.class, excludes = java.io.FileNotFoundException.class)
		void filtered() {
		}

	}

	static class Timeouts {

		@DurableFunction(executionTimeout = "${timeout}", retention = "${kept}")
		void text() {
		}

		@DurableFunction(executionTimeout = "PT1H", retention = "0")
		void iso() {
		}

		@DurableFunction(retention = "-1")
		void forever() {
		}

	}

}
