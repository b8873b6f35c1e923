package dev.durable.observe;

import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;

/**
 * The end of an invocation as listeners see it.
 *
 * @param invocation the invocation
 * @param status how it ended
 * @param error why the execution failed, or why the invocation could not go on;
 * {@code null} if neither is so
 */
public record InvocationEndInfo(InvocationInfo invocation, InvocationStatus status, @Nullable ErrorObject error) {

}
