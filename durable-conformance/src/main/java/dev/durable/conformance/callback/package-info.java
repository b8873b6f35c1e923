/** Handlers of the suite "callback". */
@NullMarked
package dev.durable.conformance.callback;

import org.jspecify.annotations.NullMarked;
