/** Auto-configuration of the JDBC store. */
@NullMarked
package dev.durable.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;
