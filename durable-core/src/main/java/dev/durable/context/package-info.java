/** The replaying durable context, and which one is current on a thread. */
@NullMarked
package dev.durable.context;

import org.jspecify.annotations.NullMarked;
