/**
 * Durable functions for the requirements on waiting for conditions and for callbacks.
 */
@NullMarked
package dev.durable.conformance.waiting;

import org.jspecify.annotations.NullMarked;
