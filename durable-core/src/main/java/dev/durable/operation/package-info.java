/** The durable operations, each of which knows its journal and nothing above it. */
@NullMarked
package dev.durable.operation;

import org.jspecify.annotations.NullMarked;
