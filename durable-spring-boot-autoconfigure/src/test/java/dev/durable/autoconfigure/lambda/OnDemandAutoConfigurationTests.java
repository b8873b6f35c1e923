package dev.durable.autoconfigure.lambda;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.durable.DurableClient;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.autoconfigure.payload.PayloadAutoConfiguration;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaWorker;
import dev.durable.lambda.SqsWakeUps;
import dev.durable.lambda.WakeUpScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link OnDemandAutoConfiguration} and {@link WakeUpAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class OnDemandAutoConfigurationTests {

	private static final String QUEUE = "durable.lambda.wake-up.queue-url=https://sqs.eu-west-1.amazonaws.com/1/wake-ups";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, PayloadAutoConfiguration.class,
				EmbeddedEngineAutoConfiguration.class, OnDemandAutoConfiguration.class, WakeUpAutoConfiguration.class))
		.withUserConfiguration(ShopFlows.OneFunction.class)
		.withPropertyValues("durable.store.type=memory");

	@ParameterizedTest
	@CsvSource({ "AWS_LAMBDA_FUNCTION_NAME=orders, a=b", "durable.lambda.on-demand=true, a=b" })
	void engineInALambdaFunctionDoesNotRunByItself(String one, String other) {
		this.contextRunner.withPropertyValues(one, other).run((context) -> {
			assertThat(context).hasSingleBean(LambdaWorker.class)
				.hasSingleBean(DurableEvents.class)
				.hasSingleBean(DurableClient.class);
			assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isFalse();
		});
	}

	@ParameterizedTest
	@CsvSource({ "a=b, c=d", "AWS_LAMBDA_FUNCTION_NAME=orders, durable.lambda.on-demand=false" })
	void engineElsewhereRunsByItself(String one, String other) {
		this.contextRunner.withPropertyValues(one, other).run((context) -> {
			assertThat(context).doesNotHaveBean(LambdaWorker.class).doesNotHaveBean(DurableEvents.class);
			assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isTrue();
		});
	}

	@Test
	void engineInALambdaFunctionThatIsNoWorkerLeavesExecutionsToOthers() {
		this.contextRunner.withPropertyValues("AWS_LAMBDA_FUNCTION_NAME=orders", "durable.worker.enabled=false")
			.run((context) -> {
				assertThat(context).hasSingleBean(DurableClient.class)
					.doesNotHaveBean(LambdaWorker.class)
					.doesNotHaveBean(DurableEvents.class);
				assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isFalse();
			});
	}

	@Test
	void engineInALambdaFunctionWithoutTheModuleRunsByItself() {
		this.contextRunner.withPropertyValues("AWS_LAMBDA_FUNCTION_NAME=orders")
			.withClassLoader(new FilteredClassLoader("dev.durable.lambda"))
			.run((context) -> assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isTrue());
	}

	@Test
	void wakeUpsWhenThereAreNoneAreLeftToTheSweepWithAWarning(CapturedOutput output) {
		this.contextRunner.withPropertyValues("durable.lambda.on-demand=true").run((context) -> {
			assertThat(context).doesNotHaveBean(WakeUpScheduler.class);
			assertThat(output).contains("durable.lambda.wake-up.type");
		});
	}

	@Test
	void wakeUpsWhenTheApplicationHasThemAreTaken() {
		List<Instant> scheduled = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(WakeUpScheduler.class, () -> scheduled::add)
			.withPropertyValues("durable.worker.enabled=false", "durable.lambda.wake-up.type=sqs")
			.run((context) -> {
				context.getBean(DurableClient.class).function("order").start(new ShopFlows.Order("o-1", 1));
				assertThat(scheduled).as("wake-ups of whoever has the function").isNotEmpty();
			});
	}

	@Test
	void wakeUpsWhenConfiguredAreThere() {
		this.contextRunner.withPropertyValues("durable.lambda.wake-up.type=sqs", QUEUE)
			.run((context) -> assertThat(context).getBean(WakeUpScheduler.class).isInstanceOf(SqsWakeUps.class));
		this.contextRunner
			.withPropertyValues("durable.lambda.wake-up.type=both", QUEUE, "durable.lambda.wake-up.role-arn=role")
			.run((context) -> assertThat(context).hasSingleBean(WakeUpScheduler.class));
	}

	@Test
	void scheduleWhenNobodyKnowsWhomToInvokeIsLeftToTheSweep(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("durable.lambda.wake-up.type=scheduler", "durable.lambda.wake-up.role-arn=role")
			.run((context) -> {
				assertThat(context.getBean(WakeUpScheduler.class).schedule(Instant.EPOCH)).isFalse();
				assertThat(output).contains("durable.lambda.wake-up.target-arn");
			});
	}

	@ParameterizedTest
	@CsvSource({ "sqs, queue-url", "scheduler, role-arn", "both, queue-url" })
	void wakeUpsWhenSomethingIsMissingSayWhat(String type, String property) {
		this.contextRunner.withPropertyValues("durable.lambda.wake-up.type=" + type)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreSelectionException.class)
				.hasMessageContaining("durable.lambda.wake-up." + property));
	}

	@ParameterizedTest
	@CsvSource({ "sqs, software.amazon.awssdk.services.sqs", "scheduler, software.amazon.awssdk.services.scheduler" })
	void wakeUpsWhenTheSdkIsMissingSayWhatToAdd(String type, String hidden) {
		this.contextRunner.withPropertyValues("durable.lambda.wake-up.type=" + type)
			.withClassLoader(new FilteredClassLoader(hidden))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreSelectionException.class)
				.satisfies((ex) -> assertThat(((StoreSelectionException) ex).action())
					.isEqualTo("Add the dependency software.amazon.awssdk:%s.".formatted(type))));
	}

}
