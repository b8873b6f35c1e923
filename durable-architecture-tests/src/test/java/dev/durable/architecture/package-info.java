/** Proves how the modules hang together. */
@NullMarked
package dev.durable.architecture;

import org.jspecify.annotations.NullMarked;
