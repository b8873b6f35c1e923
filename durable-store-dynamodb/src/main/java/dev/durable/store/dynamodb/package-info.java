/** Keeps durable executions in one DynamoDB table. */
@NullMarked
package dev.durable.store.dynamodb;

import org.jspecify.annotations.NullMarked;
