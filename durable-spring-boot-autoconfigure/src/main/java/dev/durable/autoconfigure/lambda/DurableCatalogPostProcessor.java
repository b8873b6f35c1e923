package dev.durable.autoconfigure.lambda;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import dev.durable.DurableClient;
import dev.durable.ExecutionId;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.DurableProperties.StoreType;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.lambda.CatalogFunctions;
import dev.durable.lambda.CatalogStarts;
import dev.durable.lambda.LambdaWorker;
import dev.durable.spring.DurableFunctions;
import dev.durable.store.CheckpointStore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.function.context.FunctionRegistry;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Registers the durable functions as soon as there is a catalog, whoever needs it first.
 * <p>
 * With more functions in it than before, the catalog would no longer take the only one
 * for the default. So what was the default is named, unless the application does that
 * itself: its only ordinary function, or else the durable function that runs here.
 */
final class DurableCatalogPostProcessor implements BeanPostProcessor {

	private final Parts parts;

	private final ConfigurableEnvironment environment;

	DurableCatalogPostProcessor(Parts parts, ConfigurableEnvironment environment) {
		this.parts = parts;
		this.environment = environment;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FunctionRegistry registry) {
			this.parts.functions().ifAvailable((functions) -> register(registry, functions));
		}
		return bean;
	}

	private void register(FunctionRegistry registry, DurableFunctions functions) {
		Collection<FunctionDefinition> definitions = functions.get();
		if (definitions.isEmpty()) {
			return;
		}
		Set<String> ordinary = CatalogFunctions.ordinary(registry);
		String theDefault = theDefault(ordinary, definitions);
		if (theDefault != null && !StringUtils.hasText(this.environment.getProperty(FunctionSelection.DEFINITION))) {
			this.environment.getPropertySources()
				.addLast(new MapPropertySource("durableFunctionDefinition",
						Map.of(FunctionSelection.DEFINITION, theDefault)));
		}
		new CatalogFunctions(new CatalogStarts(this.parts.client()::getObject, functions::executionName,
				this.parts.codec().getObject(), this::patience, this::isAsleep))
			.register(registry, definitions);
	}

	private @Nullable String theDefault(Set<String> ordinary, Collection<FunctionDefinition> definitions) {
		return switch (ordinary.size()) {
			case 0 -> new FunctionSelection(this.parts.lambda().getObject(), this.environment).selected(definitions);
			case 1 -> ordinary.iterator().next();
			default -> null;
		};
	}

	/** Waiting in one Lambda function for another one is paid for twice. */
	private Duration patience() {
		DurableProperties properties = this.parts.properties().getObject();
		return (properties.store().type() == StoreType.LAMBDA) ? Duration.ZERO : properties.callTimeout();
	}

	/**
	 * Return whether an execution left this invocation: what Lambda freezes must not wait
	 * for what a later invocation does. Elsewhere a wait may be short.
	 */
	private boolean isAsleep(ExecutionId id) {
		boolean onDemand = this.parts.worker().getIfAvailable() != null;
		CheckpointStore store = onDemand ? this.parts.store().getIfAvailable() : null;
		return store != null && store.find(id).map((row) -> row.state().node() == null).orElse(false);
	}

	/**
	 * What a call of a durable function needs, asked for late.
	 *
	 * @param functions the functions
	 * @param client starts executions
	 * @param codec reads inputs
	 * @param properties the properties
	 * @param lambda those for Lambda
	 * @param worker works on demand, if anything does
	 * @param store keeps executions, if it is one of ours
	 */
	record Parts(ObjectProvider<DurableFunctions> functions, ObjectProvider<DurableClient> client,
			ObjectProvider<PayloadCodec> codec, ObjectProvider<DurableProperties> properties,
			ObjectProvider<LambdaProperties> lambda, ObjectProvider<LambdaWorker> worker,
			ObjectProvider<CheckpointStore> store) {

	}

}
