/** Runs the requirements, and proves that the run notices what is wrong. */
@NullMarked
package dev.durable.conformance;

import org.jspecify.annotations.NullMarked;
