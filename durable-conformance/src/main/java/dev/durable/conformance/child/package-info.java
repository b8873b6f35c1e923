/** Handlers of the suite "child". */
@NullMarked
package dev.durable.conformance.child;

import org.jspecify.annotations.NullMarked;
