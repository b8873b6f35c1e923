package dev.durable.autoconfigure.lambda;

import dev.durable.DurableClient;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.ExecutionThreads;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.autoconfigure.payload.PayloadAutoConfiguration;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.CallGuard;
import dev.durable.embedded.TypedCalls;
import dev.durable.lambda.CheckpointApi;
import dev.durable.lambda.DirectCheckpoints;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaEngine;
import dev.durable.lambda.LambdaExecutions;
import dev.durable.lambda.LambdaSettings;
import dev.durable.lambda.LambdaTargets;
import dev.durable.observe.DurableListener;
import dev.durable.payload.PayloadSealing;
import dev.durable.spring.DurableFunctions;
import dev.durable.store.CheckpointStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.lambda.LambdaClient;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * Runs durable functions as Lambda durable functions, whose executions the Lambda service
 * keeps and drives. Nothing runs between invocations.
 */
@AutoConfiguration(
		after = { DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class, PayloadAutoConfiguration.class })
@ConditionalOnClass({ LambdaEngine.class, LambdaClient.class })
@ConditionalOnProperty(name = "durable.store.type", havingValue = "lambda")
@ConditionalOnMissingBean(CheckpointStore.class)
@EnableConfigurationProperties({ DurableProperties.class, LambdaProperties.class })
public final class LambdaEngineAutoConfiguration {

	@Bean
	ServiceConnection<LambdaClient> durableLambdaConnection(LambdaProperties lambda,
			ObjectProvider<LambdaClient> clients, ObjectProvider<AwsCredentialsProvider> credentials,
			ObjectProvider<AwsRegionProvider> regions) {
		LambdaClient theirs = OwnLambdaClient.isAskedFor(lambda) ? null : only(clients);
		return new ServiceConnection<>(theirs,
				() -> new OwnLambdaClient(lambda, credentials.getIfUnique(), regions.getIfUnique()).build());
	}

	private static @Nullable LambdaClient only(ObjectProvider<LambdaClient> clients) {
		try {
			return clients.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new StoreSelectionException(
					"Durable executions need one LambdaClient but the application has %d of which none is primary: %s."
						.formatted(ex.getNumberOfBeansFound(), ex.getBeanNamesFound()),
					"Annotate the one for durable executions with @Primary, or set 'durable.lambda.region' "
							+ "so that they get a client of their own.");
		}
	}

	@Bean
	@ConditionalOnMissingBean
	DirectCalls durableDirectCalls() {
		return DirectCalls.ofProcess();
	}

	/** Where the application has a client or credentials, calls are a client's. */
	@Bean
	@ConditionalOnMissingBean
	CheckpointApi durableCheckpointApi(ServiceConnection<LambdaClient> connection, LambdaProperties lambda,
			ObjectProvider<AwsCredentialsProvider> credentials, ObjectProvider<AwsRegionProvider> regions,
			DirectCalls direct) {
		CheckpointApi client = CheckpointApi.of(connection::client);
		if (!connection.isOwn() || credentials.getIfUnique() != null || regions.getIfUnique() != null) {
			return client;
		}
		return direct.service(lambda)
			.<CheckpointApi>map((service) -> new DirectCheckpoints(service, ServiceHttp::open, client))
			.orElse(client);
	}

	@Bean
	@ConditionalOnMissingBean
	LambdaSettings durableLambdaSettings(LambdaProperties lambda, DurableProperties properties) {
		LambdaSettings defaults = LambdaSettings.defaults();
		LambdaSettings.Limits limits = defaults.limits();
		DurableProperties.Threads threads = properties.threads();
		return defaults
			.with(new LambdaSettings.Checkpoints(lambda.checkpoint().maxUpdates(), defaults.checkpoints().maxBytes(),
					lambda.checkpoint().delay()))
			.with(new LambdaSettings.Limits(lambda.budget().operations(), limits.storedBytes(), limits.payloadBytes(),
					limits.errorBytes(), limits.responseBytes()))
			.with(new LambdaSettings.Invocations(lambda.margin(), properties.suspend().unwindTimeout(),
					threads.maxRunning(), threads.maxParked(), properties.logging().replay()));
	}

	@Bean
	@ConditionalOnMissingBean
	LambdaEngine durableLambdaEngine(LambdaEngine.Builder builder) {
		return builder.build();
	}

	/** A builder for one engine; the customizers have the last word. */
	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	LambdaEngine.Builder durableLambdaEngineBuilder(ServiceConnection<LambdaClient> connection,
			CheckpointApi checkpoints, PayloadCodec codec, ErrorCodec errorCodec, LambdaSettings settings,
			LambdaTargets targets, DurableFunctions functions, LambdaProperties lambda, Environment environment,
			PayloadSealing sealing, ObjectProvider<CallGuard> callGuard, ObjectProvider<DurableListener> listeners,
			ExecutionThreads threads, ObjectProvider<LambdaEngineCustomizer> customizers) {
		LambdaEngine.Builder builder = LambdaEngine.builder(connection::client, codec)
			.checkpoints(checkpoints)
			.targets(targets)
			.functions(functions::get)
			.function(new FunctionSelection(lambda, environment).configured(functions.get()))
			.settings(settings)
			.errorCodec(errorCodec)
			.sealing(sealing)
			.taskDecorator(threads.decorator())
			.listeners(listeners.orderedStream().toList());
		threads.executor().ifPresent(builder::executor);
		callGuard.ifAvailable(builder::callGuard);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	@Bean
	@ConditionalOnMissingBean
	LambdaTargets durableLambdaTargets(LambdaProperties lambda, Environment environment, DurableFunctions functions) {
		return new FunctionSelection(lambda, environment).targets(functions.get());
	}

	@Bean
	InvokedFunction durableInvokedFunction() {
		return new InvokedFunction();
	}

	@Bean
	@ConditionalOnMissingBean
	DurableClient durableClient(ServiceConnection<LambdaClient> connection, PayloadCodec codec, ErrorCodec errorCodec,
			DurableFunctions functions, LambdaTargets targets, ObjectProvider<TypedCalls> typedCalls,
			InvokedFunction ordinary) {
		LambdaExecutions.ClientBuilder builder = LambdaExecutions.client(connection::client, codec)
			.functions(functions::get)
			.errorCodec(errorCodec)
			.targets(targets)
			.ordinary(() -> ordinary.arn().orElse(null));
		typedCalls.ifAvailable(builder::typedCalls);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	DurableEvents durableEvents(LambdaEngine engine, InvokedFunction ordinary) {
		return new NativeEvents(engine, ordinary);
	}

}
