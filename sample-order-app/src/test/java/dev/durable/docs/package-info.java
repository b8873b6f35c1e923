/** The examples of the documentation, compiled and run. */
@NullMarked
package dev.durable.docs;

import org.jspecify.annotations.NullMarked;
