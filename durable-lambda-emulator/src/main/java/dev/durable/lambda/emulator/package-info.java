/** Lambda durable functions on this machine: the service, for any AWS SDK. */
@NullMarked
package dev.durable.lambda.emulator;

import org.jspecify.annotations.NullMarked;
