/** Tests of the store in real databases. */
@NullMarked
package dev.durable.store.jdbc;

import org.jspecify.annotations.NullMarked;
