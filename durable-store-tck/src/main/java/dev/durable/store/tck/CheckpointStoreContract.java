package dev.durable.store.tck;

import org.junit.jupiter.api.Timeout;

/**
 * What {@link dev.durable.store.CheckpointStore} and
 * {@link dev.durable.store.ExecutionQueries} mean. A store's tests extend this class and
 * return two store objects, as two nodes would have them, and the read side; all are
 * built with {@link #time()} as their clock and find no data when a test begins.
 * <p>
 * The tests come as a chain of classes, one for each topic, so that every file stays
 * small and a store inherits all of them at once.
 */
@Timeout(300)
public abstract class CheckpointStoreContract extends RemovalContract {

}
