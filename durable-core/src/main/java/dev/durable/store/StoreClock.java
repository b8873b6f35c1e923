package dev.durable.store;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that all nodes of a store compare: the store's own, to the millisecond.
 * Thread-safe, never blocks.
 */
@FunctionalInterface
public interface StoreClock extends InstantSource {

	@Override
	Instant instant();

}
