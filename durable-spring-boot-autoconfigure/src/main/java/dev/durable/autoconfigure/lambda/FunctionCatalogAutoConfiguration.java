package dev.durable.autoconfigure.lambda;

import dev.durable.DurableClient;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.codec.PayloadCodec;
import dev.durable.lambda.CatalogFunctions;
import dev.durable.lambda.LambdaWorker;
import dev.durable.spring.DurableFunctions;
import dev.durable.store.CheckpointStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.function.context.FunctionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Puts durable functions into Spring Cloud Function's catalog. */
@AutoConfiguration(after = DurableAutoConfiguration.class)
@ConditionalOnClass({ FunctionRegistry.class, CatalogFunctions.class })
@ConditionalOnBooleanProperty(name = "durable.lambda.catalog", matchIfMissing = true)
@EnableConfigurationProperties({ DurableProperties.class, LambdaProperties.class })
public final class FunctionCatalogAutoConfiguration {

	@Bean
	static DurableCatalogPostProcessor durableCatalogPostProcessor(ObjectProvider<DurableFunctions> functions,
			ObjectProvider<DurableClient> client, ObjectProvider<PayloadCodec> codec,
			ObjectProvider<DurableProperties> properties, ObjectProvider<LambdaProperties> lambda,
			ObjectProvider<LambdaWorker> worker, ObjectProvider<CheckpointStore> store,
			ConfigurableEnvironment environment) {
		return new DurableCatalogPostProcessor(
				new DurableCatalogPostProcessor.Parts(functions, client, codec, properties, lambda, worker, store),
				environment);
	}

}
