/** What every durable store must pass, and tools to test with time and crashes. */
@NullMarked
package dev.durable.store.tck;

import org.jspecify.annotations.NullMarked;
