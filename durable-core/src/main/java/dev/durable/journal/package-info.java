/**
 * What one execution has recorded, what it still wants recorded, and the replay checks
 * between them.
 */
@NullMarked
package dev.durable.journal;

import org.jspecify.annotations.NullMarked;
