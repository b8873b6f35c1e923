package dev.durable.autoconfigure;

import dev.durable.embedded.EmbeddedEngine;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the engine last, when everything that durable functions use is running, and
 * stops it first, so that running steps still find it all.
 */
final class DurableLifecycle implements SmartLifecycle {

	private final EmbeddedEngine engine;

	DurableLifecycle(EmbeddedEngine engine) {
		this.engine = engine;
	}

	@Override
	public void start() {
		this.engine.start();
	}

	@Override
	public void stop() {
		this.engine.stop();
	}

	@Override
	public boolean isRunning() {
		return this.engine.isRunning();
	}

	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

}
