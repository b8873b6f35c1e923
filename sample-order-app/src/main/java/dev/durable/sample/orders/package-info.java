/** An order service whose orders survive kill -9. */
@NullMarked
package dev.durable.sample.orders;

import org.jspecify.annotations.NullMarked;
