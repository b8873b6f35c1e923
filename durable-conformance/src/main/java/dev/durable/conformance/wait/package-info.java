/** Handlers of the suite "wait". */
@NullMarked
package dev.durable.conformance.wait;

import org.jspecify.annotations.NullMarked;
