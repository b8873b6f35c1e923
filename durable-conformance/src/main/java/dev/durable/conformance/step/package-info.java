/** Handlers of the suite "step". */
@NullMarked
package dev.durable.conformance.step;

import org.jspecify.annotations.NullMarked;
