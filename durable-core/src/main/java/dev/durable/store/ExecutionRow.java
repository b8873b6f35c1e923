package dev.durable.store;

/**
 * An execution without its journal.
 *
 * @param identity what never changes
 * @param state what does
 */
public record ExecutionRow(ExecutionIdentity identity, ExecutionState state) {

}
