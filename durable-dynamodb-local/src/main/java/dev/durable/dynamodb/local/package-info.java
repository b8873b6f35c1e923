/** DynamoDB Local for tests of several processes. */
@NullMarked
package dev.durable.dynamodb.local;

import org.jspecify.annotations.NullMarked;
