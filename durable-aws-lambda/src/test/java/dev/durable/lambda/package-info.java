/** Tests of durable executions on AWS Lambda. */
@NullMarked
package dev.durable.lambda;

import org.jspecify.annotations.NullMarked;
