package dev.durable.embedded;

import java.util.Optional;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells somebody of executions that can go on because of this process, but not in it.
 * Without a listener it asks the store for nothing.
 */
final class Elsewhere {

	private static final Logger log = LoggerFactory.getLogger(Elsewhere.class);

	private final CheckpointStore store;

	private final Functions functions;

	private final @Nullable Consumer<ExecutionIdentity> listener;

	Elsewhere(CheckpointStore store, Functions functions, @Nullable Consumer<ExecutionIdentity> listener) {
		this.store = store;
		this.functions = functions;
		this.listener = listener;
	}

	/**
	 * Tell of an execution unless somebody works on it, or will: an owner looks for
	 * signals after it has let go.
	 * @param atWork whether this process looks for executions that can go on
	 */
	void tell(ExecutionId id, boolean atWork) {
		Consumer<ExecutionIdentity> told = this.listener;
		if (told == null) {
			return;
		}
		try {
			Optional<ExecutionIdentity> waiting = this.store.find(id)
				.filter((row) -> !row.state().status().isTerminal() && row.state().node() == null)
				.map(ExecutionRow::identity)
				.filter((identity) -> !atWork || !this.functions.versions().contains(identity.function()));
			waiting.ifPresent(told);
		}
		catch (RuntimeException ex) {
			// What this process did to the execution is durable, and stands.
			log.warn("Nobody could be told that execution '{}' can go on; it waits for the next look", id, ex);
		}
	}

}
