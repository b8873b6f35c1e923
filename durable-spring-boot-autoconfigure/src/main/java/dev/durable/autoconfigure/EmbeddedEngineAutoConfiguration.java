package dev.durable.autoconfigure;

import dev.durable.DurableClient;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.CallGuard;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.embedded.Timers;
import dev.durable.embedded.TypedCalls;
import dev.durable.observe.DurableListener;
import dev.durable.spring.DurableFunctions;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Scope;
import org.springframework.util.unit.DataSize;

/** Runs executions in this process, on whatever store was set up. */
@AutoConfiguration(after = { DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
		MemoryStoreAutoConfiguration.class })
@ConditionalOnBean(CheckpointStore.class)
@EnableConfigurationProperties(DurableProperties.class)
public final class EmbeddedEngineAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EngineSettings durableEngineSettings(DurableProperties properties) {
		DurableProperties.Worker worker = properties.worker();
		DurableProperties.Threads threads = properties.threads();
		return new EngineSettings(
				new EngineSettings.Node(worker.maxConcurrentExecutions(), worker.pollInterval(),
						worker.heartbeatInterval(), worker.nodeTimeout(), worker.shutdownTimeout()),
				new EngineSettings.Executions(properties.executionTimeout(), properties.retention(),
						properties.suspend().unwindTimeout(), bytes(properties.payload().maxSize()),
						properties.logging().replay()),
				new EngineSettings.Branches(threads.maxRunning(), threads.maxParked()));
	}

	@Bean
	@ConditionalOnMissingBean
	EmbeddedEngine durableEngine(EmbeddedEngine.Builder builder) {
		return builder.build();
	}

	/** A builder for one engine; the customizers have the last word. */
	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	EmbeddedEngine.Builder durableEngineBuilder(CheckpointStore store, ExecutionQueries queries, PayloadCodec codec,
			ErrorCodec errorCodec, EngineSettings settings, DurableFunctions functions,
			ObjectProvider<TypedCalls> typedCalls, ObjectProvider<CallGuard> callGuard, ObjectProvider<Timers> timers,
			ObjectProvider<DurableListener> listeners, ExecutionThreads threads,
			ObjectProvider<DurableEngineCustomizer> customizers) {
		EmbeddedEngine.Builder builder = EmbeddedEngine.builder(store, queries, codec)
			.functions(functions::get)
			.settings(settings)
			.errorCodec(errorCodec)
			.taskDecorator(threads.decorator())
			.listeners(listeners.orderedStream().toList());
		threads.executor().ifPresent(builder::executor);
		typedCalls.ifAvailable(builder::typedCalls);
		callGuard.ifAvailable(builder::callGuard);
		timers.ifAvailable(builder::timers);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	@Bean
	@ConditionalOnMissingBean
	DurableClient durableClient(EmbeddedEngine engine) {
		return engine.client();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "durable.worker.enabled", matchIfMissing = true)
	@Conditional(OnDemandCondition.Not.class)
	DurableLifecycle durableLifecycle(EmbeddedEngine engine) {
		return new DurableLifecycle(engine);
	}

	private static int bytes(DataSize size) {
		return Math.toIntExact(size.toBytes());
	}

}
