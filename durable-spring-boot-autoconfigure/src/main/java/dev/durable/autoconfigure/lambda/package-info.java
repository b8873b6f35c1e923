/** Auto-configuration of durable executions on AWS Lambda. */
@NullMarked
package dev.durable.autoconfigure.lambda;

import org.jspecify.annotations.NullMarked;
