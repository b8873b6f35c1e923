/** Kills real processes of the order service and checks that no order notices. */
@NullMarked
package dev.durable.sample.orders.chaos;

import org.jspecify.annotations.NullMarked;
