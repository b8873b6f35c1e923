/** Handlers of the suite "plugin", and the plugins. */
@NullMarked
package dev.durable.conformance.plugin;

import org.jspecify.annotations.NullMarked;
