/** Tests of the store on DynamoDB Local. */
@NullMarked
package dev.durable.store.dynamodb;

import org.jspecify.annotations.NullMarked;
