/** Keeps executions in memory: for tests, and the reference for what a store must do. */
@NullMarked
package dev.durable.store.memory;

import org.jspecify.annotations.NullMarked;
