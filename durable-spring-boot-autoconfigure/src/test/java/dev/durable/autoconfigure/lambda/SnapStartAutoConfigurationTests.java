package dev.durable.autoconfigure.lambda;

import dev.durable.DurableClient;
import dev.durable.ExecutionId;
import dev.durable.UnknownFunctionException;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.payload.PayloadAutoConfiguration;
import dev.durable.lambda.LambdaEngine;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SnapStartAutoConfiguration}, whose hooks the tests call as CRaC does.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapStartAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				PayloadAutoConfiguration.class, LambdaEngineAutoConfiguration.class, SnapStartAutoConfiguration.class))
		.withUserConfiguration(ShopFlows.SeveralFunctions.class)
		.withPropertyValues("durable.store.type=lambda");

	private static final Context<Resource> CRAC = Core.getGlobalContext();

	@Test
	void snapshotWhenTakenHoldsNoClientAndTheRestoredProcessGetsOne(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("durable.lambda.endpoint=http://127.0.0.1:1", "durable.lambda.region=eu-west-1")
			.run((context) -> {
				SnapshotPriming hooks = context.getBean(SnapshotPriming.class);
				ServiceConnection<?> connection = context.getBean(ServiceConnection.class);
				hooks.beforeCheckpoint(CRAC);
				assertThat(connection.isOpen()).isFalse();
				assertThat(context.getBean(ShopFlows.Orders.class).runs).hasValue(0);
				hooks.afterRestore(CRAC);
				assertThat(context).hasSingleBean(LambdaEngine.class);
				assertThat(connection.client()).isNotNull();
				assertThat(output).doesNotContain("Priming did not", "Priming failed", "holds a client");
			});
	}

	@Test
	void snapshotWhenTheServiceWasCalledBeforeWarns(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("durable.lambda.endpoint=http://127.0.0.1:1", "durable.lambda.region=eu-west-1")
			.run((context) -> {
				context.getBean(ServiceConnection.class).client();
				context.getBean(SnapshotPriming.class).beforeCheckpoint(CRAC);
				assertThat(output).contains("now holds a client");
			});
	}

	@Test
	void primingWhenTheApplicationsCodecFailsOnlyWarns(CapturedOutput output) {
		this.contextRunner.withBean(BrokenCodec.class).run((context) -> {
			context.getBean(SnapshotPriming.class).beforeCheckpoint(CRAC);
			assertThat(output).containsAnyOf("Priming did not", "Priming failed");
			assertThat(context).hasNotFailed();
		});
	}

	@Test
	void primingWhenNotWantedOrNotPossibleIsNotThere() {
		this.contextRunner.withPropertyValues("durable.lambda.priming=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SnapshotPriming.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.crac"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("durableSnapshotPriming"));
	}

	@Test
	void clientBeforeTheFirstCallIsNotCreatedByHandles() {
		this.contextRunner.run((context) -> {
			context.getBean(DurableClient.class).execution(new ExecutionId("none"));
			assertThatExceptionOfType(UnknownFunctionException.class)
				.isThrownBy(() -> context.getBean(DurableClient.class).function("none"));
			assertThat(context.getBean(ServiceConnection.class).isOpen()).isFalse();
		});
	}

}
