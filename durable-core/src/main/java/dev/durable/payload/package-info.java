/** Seals payloads on their way into a store, and opens them on their way out. */
@NullMarked
package dev.durable.payload;

import org.jspecify.annotations.NullMarked;
