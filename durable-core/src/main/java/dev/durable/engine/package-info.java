/** Runs one invocation of a durable function against a recorder. */
@NullMarked
package dev.durable.engine;

import org.jspecify.annotations.NullMarked;
