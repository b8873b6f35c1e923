package dev.durable.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.DurableClient;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.StepSemantics;
import dev.durable.spring.DurableMethodException;
import dev.durable.spring.DurableOverrides;
import dev.durable.spring.StepOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests of {@link ConfiguredOverrides}, with the engine that obeys them. */
@ExtendWith(OutputCaptureExtension.class)
class ConfiguredOverridesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class))
		.withPropertyValues("durable.store.type=memory")
		.withUserConfiguration(Flows.class);

	@Test
	void stepWhenConfiguredInYamlIsRetriedAsConfigured() {
		this.contextRunner.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.location=classpath:overrides.yaml")
			.run((context) -> {
				PaymentFlow flow = context.getBean(PaymentFlow.class);
				assertThatIllegalStateException().isThrownBy(() -> flow.run("charge"))
					.withMessage("charge refused 3 times");
				assertThatIllegalStateException().isThrownBy(() -> flow.run("refund"))
					.withMessage("refund refused 2 times");
				assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> flow.run("later"))
					.withMessageEndingWith("later refused 2 times");
			});
	}

	@Test
	void namesWhenInYamlAreThoseOfTheKeys() {
		this.contextRunner.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.location=classpath:override-names.yaml")
			.run((context) -> assertThat(context.getBean(DurableOverrides.class).stepNames()).containsExactlyInAnyOrder(
					"chargeCard", "book-flight", "plain_name", "book hotel", "pay.card", "nobrackets"));
	}

	@Test
	void stepWhenItsAttributesAreTextTakesPlaceholdersAndExpressions() {
		this.contextRunner.withPropertyValues("payments.retries=2")
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(PaymentFlow.class).run("expressed"))
				.withMessage("expressed refused 4 times"));
	}

	@Test
	void stepWhenPresetIsConfiguredLosesTheAnnotationsRetries() {
		this.contextRunner.withPropertyValues("durable.steps.charge.retry=none")
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(PaymentFlow.class).run("charge"))
				.withMessage("charge refused 1 times"));
	}

	@Test
	void functionWhenConfiguredTimesOutAndIsKeyedAsConfigured() {
		this.contextRunner
			.withPropertyValues("durable.functions.pay.execution-timeout=1s",
					"durable.functions.pay.idempotency-key='pay-' + #p0")
			.run((context) -> {
				assertThatIllegalStateException().isThrownBy(() -> context.getBean(PaymentFlow.class).run("refund"));
				ExecutionHandle<?> same = context.getBean(DurableClient.class)
					.function("pay")
					.named("pay-refund")
					.start("refund");
				assertThat(same.status()).isEqualTo(ExecutionStatus.FAILED);
				ExecutionHandle<?> stuck = context.getBean(DurableClient.class).function("pay").start("never");
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> stuck.result(Duration.ofSeconds(30)));
				assertThat(stuck.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
			});
	}

	@Test
	void overridesWhenAskedSayWhatIsConfigured() {
		this.contextRunner.withPropertyValues("durable.steps.charge.semantics=at-most-once-per-retry")
			.run((context) -> {
				DurableOverrides overrides = context.getBean(DurableOverrides.class);
				assertThat(overrides.step("charge")).map(StepOverride::semantics)
					.contains(StepSemantics.AT_MOST_ONCE_PER_RETRY);
				assertThat(overrides.step("other")).isEmpty();
				assertThat(overrides.stepNames()).containsExactly("charge");
				assertThat(overrides.functionNames()).isEmpty();
			});
	}

	@Test
	void startupWhenNamesAreUnknownWarnsWithTheKnownOnes(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("durable.steps.chrage.max-retries=1", "durable.steps.notify.max-retries=1",
					"durable.functions.pya.execution-timeout=1h")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains(
				"'durable.steps.chrage' has no effect: no bean has a @DurableStep method of that name. The known names are [charge, expressed, later, never, notify, refund]; "
						+ "one with other characters than letters, digits, '-' and '_' is configured as 'durable.steps.[<name>]'.",
				"'durable.functions.pya' has no effect: no bean has a @DurableFunction method of that name. The known names are [pay]")
			.doesNotContain("'durable.steps.notify' has no effect");
	}

	@Test
	void startupWhenAllNamesAreKnownWarnsOfNothing(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("durable.steps.charge.max-retries=1", "durable.functions.pay.execution-timeout=1h")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("has no effect");
	}

	@Test
	void startupWhenAValueIsOutOfRangeFails() {
		this.contextRunner.withPropertyValues("durable.steps.charge.max-retries=-1")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Failed to bind properties under 'durable.steps.charge'")
				.rootCause()
				.hasMessage("'max-retries' must be at least 0 but was -1"));
	}

	@Test
	void startupWhenAnExpressionIsWrongNamesTheFunction() {
		this.contextRunner.withPropertyValues("durable.functions.pay.idempotency-key=#")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(Exception.class)
				.satisfies((cause) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(DurableMethodException.class.getName())
					.hasStackTraceContaining("'idempotencyKey' must be a SpEL expression")));
	}

	@Test
	void metadataDescribesTheOverrides() throws IOException {
		try (InputStream json = DurableProperties.class.getClassLoader()
			.getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
			assertThat(json).isNotNull();
			assertThat(new String(json.readAllBytes(), StandardCharsets.UTF_8)).contains("\"durable.steps\"",
					"\"durable.functions\"", "DurableProperties$Step>", "DurableProperties$Function>",
					"they win over the annotation");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ PaymentFlow.class, Notifications.class })
	static class Flows {

	}

	@Lazy
	static class Notifications {

		@DurableStep
		void notify(String whom) {
		}

	}

	static class PaymentFlow {

		private final Map<String, AtomicInteger> refusals = Map.of("charge", new AtomicInteger(), "refund",
				new AtomicInteger(), "later", new AtomicInteger(), "expressed", new AtomicInteger());

		@DurableFunction(name = "pay")
		String run(String what) {
			return switch (what) {
				case "charge" -> charge();
				case "refund" -> refund();
				case "later" -> later().join();
				case "expressed" -> expressed();
				default -> never();
			};
		}

		@DurableStep(maxRetries = 7, delay = 1)
		String charge() {
			throw refused("charge");
		}

		@DurableStep(maxRetries = 1, delay = 1)
		String refund() {
			throw refused("refund");
		}

		@DurableStep
		CompletableFuture<String> later() {
			return CompletableFuture.failedFuture(refused("later"));
		}

		@DurableStep(maxRetriesString = "#{${payments.retries:0} + 1}", delayString = "${payments.delay:1ms}")
		String expressed() {
			throw refused("expressed");
		}

		@DurableStep(maxRetries = 1, delay = 3_600_000)
		String never() {
			throw new IllegalStateException("not now");
		}

		private IllegalStateException refused(String step) {
			return new IllegalStateException(
					"%s refused %d times".formatted(step, this.refusals.get(step).incrementAndGet()));
		}

	}

}
