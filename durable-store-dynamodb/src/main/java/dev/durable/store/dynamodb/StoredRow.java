package dev.durable.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * An execution's row as its head item keeps it, which may be behind its journal.
 *
 * @param identity what never changes
 * @param state the state
 * @param position first position of the append that the state comes from
 * @param token the write that started it, unlike any other execution of its id
 * @param dueToken the entries that say when it is due and that it is blocked, or
 * {@code null}
 * @param ownedToken the entry that says who works on it, or {@code null}
 */
record StoredRow(ExecutionIdentity identity, ExecutionState state, long position, String token,
		@Nullable String dueToken, @Nullable String ownedToken) {

	/** What changes in a head. */
	static final List<String> CHANGING = changing();

	ExecutionId id() {
		return this.identity.id();
	}

	ExecutionRow row() {
		return new ExecutionRow(this.identity, this.state);
	}

	static StoredRow of(ExecutionId id, Item head) {
		return new StoredRow(identity(id, head), state(head), head.number(Attributes.ROW_POSITION, 1),
				head.required(Attributes.TOKEN), head.text(Attributes.DUE_TOKEN), head.text(Attributes.OWNED_TOKEN));
	}

	private static ExecutionIdentity identity(ExecutionId id, Item head) {
		String parent = head.text(Attributes.PARENT);
		return new ExecutionIdentity(id,
				new FunctionVersion(head.required(Attributes.FUNCTION), head.required(Attributes.VERSION)),
				head.text(Attributes.NAME),
				(parent != null) ? new ParentLink(new ExecutionId(parent),
						new OperationId(head.required(Attributes.PARENT_OPERATION))) : null,
				head.required(Attributes.DIGEST), Objects.requireNonNull(head.time(Attributes.STARTED_AT)),
				head.time(Attributes.TIMEOUT_AT));
	}

	static Item identity(ExecutionIdentity identity) {
		ParentLink parent = identity.parent();
		return function(identity).with(Attributes.NAME, identity.name())
			.with(Attributes.PARENT, (parent != null) ? parent.execution().value() : null)
			.with(Attributes.PARENT_OPERATION, (parent != null) ? parent.operation().value() : null)
			.with(Attributes.DIGEST, identity.inputDigest())
			.with(Attributes.STARTED_AT, identity.startedAt());
	}

	/** The entries of a state that were written with a token. */
	static Item tokens(ExecutionState state, String token) {
		return Item.map()
			.with(Attributes.DUE_TOKEN, (state.wakeAt() != null || isBlocked(state)) ? token : null)
			.with(Attributes.OWNED_TOKEN, (state.node() != null) ? token : null);
	}

	/** Whether a head names the entries that were written with a token. */
	static boolean names(Item head, String token) {
		return token.equals(head.text(Attributes.DUE_TOKEN)) || token.equals(head.text(Attributes.OWNED_TOKEN));
	}

	/** Whether only other code can go on with an execution, and nobody is at it. */
	static boolean isBlocked(ExecutionState state) {
		return state.blockedReason() != null && state.node() == null && !state.status().isTerminal();
	}

	/** What tells whether a node may work on an execution. */
	static Item function(ExecutionIdentity identity) {
		return Item.map()
			.with(Attributes.FUNCTION, identity.function().name())
			.with(Attributes.VERSION, identity.function().version())
			.with(Attributes.TIMEOUT_AT, identity.timeoutAt());
	}

	/** A running execution has no status and no failures have no number, to save room. */
	static Item state(ExecutionState state) {
		boolean ended = state.status().isTerminal();
		return Item.map()
			.with(Attributes.STATUS, ended ? state.status().name() : null)
			.with(Attributes.NODE, (state.node() != null) ? state.node().value() : null)
			.with(Attributes.WAKE_AT, state.wakeAt())
			.with(Attributes.FAILURES, (state.failures() > 0) ? (Long) (long) state.failures() : null)
			.with(Attributes.BLOCKED, state.blockedReason())
			.with(Attributes.ENDED_AT, state.endedAt())
			.with(Attributes.EXPIRES_AT, state.expiresAt());
	}

	static ExecutionState state(Item item) {
		String status = item.text(Attributes.STATUS);
		String node = item.text(Attributes.NODE);
		return new ExecutionState((status != null) ? ExecutionStatus.valueOf(status) : ExecutionStatus.RUNNING,
				(node != null) ? new NodeId(node) : null, item.time(Attributes.WAKE_AT),
				(int) item.number(Attributes.FAILURES, 0), item.text(Attributes.BLOCKED),
				item.time(Attributes.ENDED_AT), item.time(Attributes.EXPIRES_AT));
	}

	/** That the head still is as it was read, and of the same execution. */
	Condition unchanged() {
		Condition unchanged = Condition.equal(Attributes.TOKEN, this.token)
			.and(Condition.equal(Attributes.ROW_POSITION, this.position));
		unchanged = unchanged.and(same(Attributes.OWNED_TOKEN, this.ownedToken));
		unchanged = unchanged.and(same(Attributes.DUE_TOKEN, this.dueToken));
		return unchanged
			.and(same(Attributes.STATUS, this.state.status().isTerminal() ? this.state.status().name() : null));
	}

	private static Condition same(String attribute, @Nullable String value) {
		return (value != null) ? Condition.equal(attribute, value)
				: Condition.of("attribute_not_exists(#%s)".formatted(attribute));
	}

	private static List<String> changing() {
		List<String> changing = new ArrayList<>(Attributes.STATE);
		changing.add(Attributes.ROW_POSITION);
		changing.add(Attributes.DUE_TOKEN);
		changing.add(Attributes.OWNED_TOKEN);
		return List.copyOf(changing);
	}

}
