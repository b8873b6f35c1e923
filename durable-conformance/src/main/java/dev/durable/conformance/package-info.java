/** Runs the public conformance requirements on the embedded engine. */
@NullMarked
package dev.durable.conformance;

import org.jspecify.annotations.NullMarked;
