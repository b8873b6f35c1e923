/** Proves that the emulator is as strict as the service, with the real SDK. */
@NullMarked
package dev.durable.lambda.emulator;

import org.jspecify.annotations.NullMarked;
