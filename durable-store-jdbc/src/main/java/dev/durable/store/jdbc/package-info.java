/** The durable store in a relational database. */
@NullMarked
package dev.durable.store.jdbc;

import org.jspecify.annotations.NullMarked;
