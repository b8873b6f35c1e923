package dev.durable.autoconfigure.lambda;

import dev.durable.lambda.LambdaEngine;

/**
 * Changes the builder of the engine for Lambda durable functions after the
 * auto-configuration has filled it. Beans of this type are called in order.
 */
@FunctionalInterface
public interface LambdaEngineCustomizer {

	/**
	 * Customize the builder.
	 * @param builder builds this application's engine
	 */
	void customize(LambdaEngine.Builder builder);

}
