/** Auto-configuration of the DynamoDB store. */
@NullMarked
package dev.durable.autoconfigure.dynamodb;

import org.jspecify.annotations.NullMarked;
