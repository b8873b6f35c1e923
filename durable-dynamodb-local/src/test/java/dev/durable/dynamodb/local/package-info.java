/** Tests that ask the local server as any client does. */
@NullMarked
package dev.durable.dynamodb.local;

import org.jspecify.annotations.NullMarked;
