/** Lets applications watch executions: what runs, what it records and how it ends. */
@NullMarked
package dev.durable.observe;

import org.jspecify.annotations.NullMarked;
