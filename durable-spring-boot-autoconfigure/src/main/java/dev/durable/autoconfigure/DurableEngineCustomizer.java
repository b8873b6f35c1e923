package dev.durable.autoconfigure;

import dev.durable.embedded.EmbeddedEngine;

/**
 * Changes the engine's builder after the auto-configuration has filled it. Beans of this
 * type are called in order.
 */
@FunctionalInterface
public interface DurableEngineCustomizer {

	/**
	 * Customize the builder.
	 * @param builder builds this application's engine
	 */
	void customize(EmbeddedEngine.Builder builder);

}
