/** Durable functions for the requirements on map and parallel. */
@NullMarked
package dev.durable.conformance.batch;

import org.jspecify.annotations.NullMarked;
