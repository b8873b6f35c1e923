/** Measures what durable operations cost. */
@NullMarked
package dev.durable.benchmarks;

import org.jspecify.annotations.NullMarked;
