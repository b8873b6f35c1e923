/**
 * Executions whose function dies come to the same end as those that nothing happened to.
 */
@NullMarked
package dev.durable.lambda.crash;

import org.jspecify.annotations.NullMarked;
