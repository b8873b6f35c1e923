package dev.durable.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.durable.OperationRef;
import dev.durable.DurableClient;
import dev.durable.DurableContext;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationInfo;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests of {@link EmbeddedEngineAutoConfiguration}, with everything beside it. */
class EmbeddedEngineAutoConfigurationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class))
		.withPropertyValues("durable.store.type=memory");

	@Test
	void engineWhenTheContextIsOpenRunsAndStopsWithIt() {
		EmbeddedEngine[] engine = new EmbeddedEngine[1];
		this.contextRunner.run((context) -> {
			engine[0] = context.getBean(EmbeddedEngine.class);
			assertThat(context).hasSingleBean(DurableClient.class).hasSingleBean(DurableContext.class);
			assertThat(engine[0].isRunning()).isTrue();
		});
		assertThat(engine[0].isRunning()).isFalse();
	}

	@Test
	void engineWhenThisNodeDoesNotWorkIsNotStartedButHasAClient() {
		this.contextRunner.withPropertyValues("durable.worker.enabled=false")
			.withUserConfiguration(Flows.class)
			.run((context) -> {
				assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isFalse();
				ExecutionHandle<Object> started = context.getBean(DurableClient.class)
					.function("process-order")
					.start("o-1");
				assertThat(started.status()).isEqualTo(ExecutionStatus.RUNNING);
			});
	}

	@Test
	void engineWhenTheContextIsStoppedAndStartedAgainRunsAgain() {
		this.contextRunner.withUserConfiguration(Flows.class).run((context) -> {
			context.stop();
			assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isFalse();
			ExecutionHandle<String> meanwhile = context.getBean(DurableClient.class)
				.function(OrderFlow.class)
				.start((flow) -> flow.process("o-1"));
			context.start();
			assertThat(meanwhile.result(LONG)).isEqualTo("o-1 reserved charged of false");
			assertThat(context.getBean(OrderFlow.class).process("o-2")).isEqualTo("o-2 reserved charged of false");
		});
	}

	@Test
	void lifecycleWhenComparedWithAWebServerStartsLaterAndStopsEarlier() {
		this.contextRunner.run((context) -> assertThat(context.getBean(DurableLifecycle.class).getPhase())
			.isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 1024));
	}

	@Test
	void functionWhenCalledDirectlyIsAnExecutionWhoseSelfCallsAreSteps() {
		this.contextRunner.withUserConfiguration(Flows.class).run((context) -> {
			assertThat(context.getBean(OrderFlow.class).process("o-1")).isEqualTo("o-1 reserved charged of false");
			ExecutionHandle<String> again = context.getBean(DurableClient.class)
				.function(OrderFlow.class)
				.named("order-2")
				.start((flow) -> flow.process("o-2"));
			assertThat(again.result(LONG)).isEqualTo("o-2 reserved charged of false");
			assertThat(again.history()).map(HistoryEvent::operation)
				.filteredOn(Objects::nonNull)
				.map(OperationRef::name)
				.contains("reserve", "charge");
		});
	}

	@Test
	void functionWhenVirtualThreadsAreAskedForRunsOnWhatTheJvmHas() {
		this.contextRunner.withUserConfiguration(Flows.class)
			.withPropertyValues("durable.threads.virtual=true")
			.run((context) -> assertThat(context.getBean(OrderFlow.class).process("o-1"))
				.isEqualTo("o-1 reserved charged of false"));
	}

	@Test
	void stepWhenConfiguredIsRetriedAsConfigured() {
		this.contextRunner.withUserConfiguration(Flows.class)
			.withPropertyValues("durable.steps.refuse.max-retries=2", "durable.steps.refuse.delay=1ms")
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(OrderFlow.class).refused("o-1"))
				.withMessage("refused 3 times"));
	}

	@Test
	void settingsWhenNothingIsSetAreTheEnginesDefaults() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(EngineSettings.class)).isEqualTo(EngineSettings.defaults()));
	}

	@Test
	void settingsWhenSetAreTheProperties() {
		this.contextRunner
			.withPropertyValues("durable.worker.max-concurrent-executions=3", "durable.worker.poll-interval=5s",
					"durable.worker.heartbeat-interval=4s", "durable.worker.node-timeout=20s",
					"durable.worker.shutdown-timeout=7s", "durable.suspend.unwind-timeout=6s",
					"durable.execution-timeout=9d", "durable.retention=8d", "durable.payload.max-size=2KB",
					"durable.threads.max-running=11", "durable.threads.max-parked=12", "durable.logging.replay=true")
			.run((context) -> assertThat(context.getBean(EngineSettings.class)).isEqualTo(new EngineSettings(
					new EngineSettings.Node(3, Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(20),
							Duration.ofSeconds(7)),
					new EngineSettings.Executions(Duration.ofDays(9), Duration.ofDays(8), Duration.ofSeconds(6), 2048,
							true),
					new EngineSettings.Branches(11, 12))));
	}

	@Test
	void settingsWhenTheyContradictEachOtherFailStartup() {
		this.contextRunner.withPropertyValues("durable.worker.node-timeout=3s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'nodeTimeout' must be more than two heartbeat intervals"));
	}

	@Test
	void customizersWhenPresentSeeTheBuilderInOrder() {
		this.contextRunner.withUserConfiguration(Customizers.class)
			.run((context) -> assertThat(context.getBean(Customizers.class).seen).containsExactly("first", "second"));
	}

	@Test
	void listenersWhenPresentAreToldInOrder() {
		this.contextRunner.withUserConfiguration(Flows.class, Listeners.class).run((context) -> {
			assertThat(context.getBean(OrderFlow.class).process("o-1")).isEqualTo("o-1 reserved charged of false");
			assertThat(context.getBean(Listeners.class).told).startsWith("first process-order", "second process-order");
		});
	}

	@Test
	void engineWhenTheApplicationHasOneBacksOff() {
		this.contextRunner.withUserConfiguration(OwnEngine.class)
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedEngine.class)
				.hasBean("ownEngine")
				.hasSingleBean(DurableClient.class));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(OrderFlow.class)
	static class Flows {

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> seen = new ArrayList<>();

		@Bean
		@Order(2)
		DurableEngineCustomizer second() {
			return (builder) -> this.seen.add("second");
		}

		@Bean
		@Order(1)
		DurableEngineCustomizer first() {
			return (builder) -> this.seen.add("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		DurableListener second() {
			return listener("second ");
		}

		@Bean
		@Order(1)
		DurableListener first() {
			return listener("first ");
		}

		private DurableListener listener(String name) {
			return new DurableListener() {

				@Override
				public void onInvocationStart(InvocationInfo info) {
					Listeners.this.told.add(name + info.function().name());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		EmbeddedEngine ownEngine() {
			MemoryCheckpointStore store = new MemoryCheckpointStore();
			return EmbeddedEngine.builder(store, store, new JacksonPayloadCodec()).build();
		}

	}

}
