package dev.durable.store;

import java.time.Instant;

import dev.durable.ExecutionId;
import dev.durable.OperationId;

/**
 * News for an execution, written by somebody who does not own it. Insert-only; the owner
 * deletes it with the append that journals it.
 *
 * @param id random id, at most 64 characters
 * @param execution whom it is for
 * @param kind what it announces
 * @param operation the operation it concerns
 * @param arrivedAt when it was written, by the store's clock
 */
public record Signal(String id, ExecutionId execution, SignalKind kind, OperationId operation, Instant arrivedAt) {

}
