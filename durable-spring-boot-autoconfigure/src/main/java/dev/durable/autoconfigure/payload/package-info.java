/** Encrypts and offloads payloads as the application's properties say. */
@NullMarked
package dev.durable.autoconfigure.payload;

import org.jspecify.annotations.NullMarked;
