/** Turns values and errors into bytes and back. */
@NullMarked
package dev.durable.codec;

import org.jspecify.annotations.NullMarked;
