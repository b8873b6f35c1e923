/** What a durable store must do, and the records that it keeps. */
@NullMarked
package dev.durable.store;

import org.jspecify.annotations.NullMarked;
