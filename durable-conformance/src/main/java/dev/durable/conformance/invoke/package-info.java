/** Handlers of the suite "invoke". */
@NullMarked
package dev.durable.conformance.invoke;

import org.jspecify.annotations.NullMarked;
