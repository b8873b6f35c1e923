package dev.durable.lambda.emulator;

import java.time.Instant;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What an execution began with.
 *
 * @param arn its ARN
 * @param startedAt when
 * @param input its input, or {@code null}
 */
record ExecutionStart(ExecutionArn arn, Instant startedAt, @Nullable Payload input) {

}
