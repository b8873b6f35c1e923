/**
 * The programming model: annotations, the durable context, the client and the facts they
 * speak of.
 */
@NullMarked
package dev.durable;

import org.jspecify.annotations.NullMarked;
