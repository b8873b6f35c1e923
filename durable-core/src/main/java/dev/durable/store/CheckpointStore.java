package dev.durable.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.durable.ExecutionId;

/**
 * Keeps executions, their journals, signals and callbacks.
 * <p>
 * Every method is thread-safe and atomic: it happens as a whole or not at all. Methods
 * throw (or complete with) {@link StoreUnavailableException} when the store cannot be
 * reached or asked in time. Calls use the store's own resources, never a transaction or a
 * connection of the caller. What these sentences mean is spelt out by the contract tests
 * that every store inherits.
 */
public interface CheckpointStore {

	/**
	 * Return the time that the store's nodes compare.
	 * @return the clock
	 */
	StoreClock clock();

	/**
	 * Append to an execution's journal; it survives any crash once the stage completes. A
	 * position that is taken refuses it. If it names which invocation it follows, so does
	 * the lack of that invocation's event at the position before, in the same atomic
	 * write: who slept while the execution was removed, and perhaps started anew, writes
	 * nothing. May run on the calling thread, and may complete on a thread of the store:
	 * what continues there must not block.
	 * @param append what to write
	 * @return completes when it is durable; fails with {@link AppendConflictException} if
	 * it does not follow (nothing was written) and with {@link StoreUnavailableException}
	 * if nobody knows
	 */
	CompletionStage<Void> append(Append append);

	/**
	 * Find an execution.
	 * @param id the execution
	 * @return its row
	 */
	Optional<ExecutionRow> find(ExecutionId id);

	/**
	 * Read journals in one query.
	 * @param executions which ones; one that is named twice is read once
	 * @param sink takes each event with its execution, in position order per execution
	 */
	void read(Collection<ExecutionId> executions, EventSink sink);

	/**
	 * Read one event.
	 * @param execution the execution
	 * @param position its position
	 * @return the event, or nothing if the position is free
	 */
	Optional<Event> event(ExecutionId execution, long position);

	/**
	 * Return the newest event of an execution.
	 * @param execution the execution
	 * @return the event at the highest position, or nothing if there is no such execution
	 */
	Optional<Event> lastEvent(ExecutionId execution);

	/**
	 * Claim executions that nobody works on and that are due, or for which a signal has
	 * arrived, oldest wake-up first. Their rows become owned by the node. Executions of
	 * functions that the node lacks are only claimed when their timeout has passed. An
	 * execution that somebody else is just claiming is passed over, not waited for.
	 * @param request who asks for how many
	 * @return the claimed rows as they were before the claim
	 */
	List<ExecutionRow> claim(ClaimRequest request);

	/**
	 * Claim running executions of other nodes that are missing or have not reported since
	 * a time. Their rows become owned by the node. Its own ones it finds with
	 * {@link #ownedBy}.
	 * @param request who asks for how many
	 * @param silentSince nodes that reported later are alive
	 * @return the claimed rows as they were before the claim, so with the lost node
	 */
	List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince);

	/**
	 * Return the running executions that carry a node's id.
	 * @param node the node
	 * @param except executions to leave out
	 * @return their rows
	 */
	List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except);

	/**
	 * Replace an execution's state if a node still owns it, without touching its journal.
	 * @param id the execution
	 * @param owner the node that must own it
	 * @param state the new state
	 * @return whether it did
	 */
	boolean release(ExecutionId id, NodeId owner, ExecutionState state);

	/**
	 * Make blocked executions of these functions that nobody works on due now.
	 * @param request who asks; its limit does not count
	 */
	void retryBlocked(ClaimRequest request);

	/**
	 * Return the signals that wait for executions.
	 * @param executions which ones
	 * @return their signals, oldest first
	 */
	List<Signal> signals(Collection<ExecutionId> executions);

	/**
	 * Return which executions of a node have signals waiting.
	 * @param node the node
	 * @return their ids
	 */
	List<ExecutionId> signalled(NodeId node);

	/**
	 * Find a callback.
	 * @param lookup the public part of its id
	 * @return its row
	 */
	Optional<CallbackRow> callback(String lookup);

	/**
	 * End a callback if it is still pending, and insert a signal in the same write.
	 * @param lookup the public part of its id
	 * @param outcome the end
	 * @param signal what to insert with it, or nothing when the owner does this itself
	 * @return whether this call ended it
	 */
	boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal);

	/**
	 * Move a pending callback's heartbeat deadline.
	 * @param lookup the public part of its id
	 * @param heartbeatAt the new deadline
	 * @return whether it was still pending
	 */
	boolean heartbeatCallback(String lookup, Instant heartbeatAt);

	/**
	 * Report that a node is alive; the first report registers it.
	 * @param node the node
	 */
	void heartbeat(NodeId node);

	/**
	 * Remove a node, and nodes silent since a time that own nothing, and signals whose
	 * execution has ended or is gone.
	 * @param node the node that leaves, or nothing to only clean up
	 * @param silentSince nodes that reported later stay
	 */
	void cleanUp(Optional<NodeId> node, Instant silentSince);

	/**
	 * Return ended executions that have expired, longest expired first. One is left out
	 * while a signal about its end waits for the execution that invoked it.
	 * @param now the store's time
	 * @param limit how many at most, from 1
	 * @return their ids
	 */
	List<ExecutionId> expired(Instant now, int limit);

	/**
	 * Remove executions that have ended, with all that belongs to them: journals,
	 * callbacks and signals. A name that one had is free again. What is unknown, or has
	 * not ended, is left alone. Interrupted half-way, the next call goes on.
	 * @param executions which ones; a few at a time
	 */
	void delete(Collection<ExecutionId> executions);

	/** Takes events as a store reads them. */
	@FunctionalInterface
	interface EventSink {

		/**
		 * Take one event.
		 * @param execution its execution
		 * @param event the event
		 */
		void accept(ExecutionId execution, Event event);

		/**
		 * Return a sink for the events of one execution.
		 * @param events takes the events
		 * @return the sink
		 */
		static EventSink of(Consumer<Event> events) {
			return (execution, event) -> events.accept(event);
		}

	}

}
