package dev.durable.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import dev.durable.OperationRef;
import dev.durable.OperationType;
import dev.durable.embedded.Invoker;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one invocation may record, and what it is told: one call at a time, each with the
 * token that the one before returned.
 */
final class CheckpointSession {

	private final Invoker.Call call;

	private final EmulatorHost host;

	private final ExecutionStart start;

	private final KnownOperations operations;

	private final Map<String, RecordedOperation> earlier;

	private final Meter meter;

	private final Ending ending;

	/** What did not fit an answer, by the marker that asks for it. */
	private final Map<String, List<OperationState>> rests = new HashMap<>();

	private int sequence;

	private @Nullable CheckpointRequest lastRequest;

	private @Nullable ObjectNode lastReply;

	private volatile boolean closed;

	CheckpointSession(Invoker.Call call, EmulatorHost host, ExecutionStart start, KnownOperations operations,
			Ending ending) {
		this.call = call;
		this.host = host;
		this.start = start;
		this.operations = operations;
		List<Event> history = host.history(call.execution());
		this.earlier = RecordedOperation.all(history);
		this.meter = Meter.of(history);
		this.ending = ending;
	}

	/** The token that the next call has to have. */
	synchronized String token() {
		String text = "%s:%s:%d".formatted(this.call.execution(), this.call.facts().requestId(), this.sequence);
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Refuse everything from now on. */
	void close() {
		this.closed = true;
	}

	private void checkToken(String token) {
		if (this.closed || !token.equals(token())) {
			throw AwsException.invalidToken();
		}
	}

	synchronized ObjectNode checkpoint(CheckpointRequest request) {
		if (this.lastRequest != null && this.lastReply != null && request.repeats(this.lastRequest)) {
			return this.lastReply;
		}
		checkToken(request.token());
		CheckpointRules.check(request.updates(), this.call.execution(), this::recorded);
		List<OperationUpdate> updates = translate(request.updates());
		this.meter.add(request.updates());
		CheckpointCall watched = new CheckpointCall(this.call.execution(),
				this.host.live().nextCall(this.call.execution()), request.updates().size(), this.ending::kill);
		this.host.listener().received(watched);
		checkCaller();
		record(updates, request.updates().isEmpty());
		this.host.listener().recorded(watched);
		checkCaller();
		end(request.updates());
		this.sequence++;
		ObjectNode reply = reply();
		this.lastRequest = request;
		this.lastReply = reply;
		return reply;
	}

	/** Also what the function is not shown, as it lies below a completed context. */
	private @Nullable RecordedOperation recorded(String id) {
		OperationState state = this.operations.get(id);
		return (state != null) ? RecordedOperation.of(state) : this.earlier.get(id);
	}

	/** Nobody waits for a reply any more. */
	private void checkCaller() {
		if (this.ending.isKilled()) {
			throw new CallerKilledException();
		}
	}

	private List<OperationUpdate> translate(List<WireUpdate> updates) {
		Map<String, OperationRef> started = new HashMap<>();
		List<OperationUpdate> translated = new ArrayList<>();
		for (WireUpdate update : updates) {
			if (update.type() != OperationType.EXECUTION) {
				RecordedOperation known = recorded(update.id());
				OperationRef operation = (known != null) ? known.operation() : started.get(update.id());
				OperationUpdate more = this.host.translation().translate(update, operation);
				started.put(update.id(), more.operation());
				translated.add(more);
			}
		}
		return translated;
	}

	/**
	 * Record, and what is due after it. Where time is short, a wait would end in the call
	 * that starts it: there, only those who ask are told.
	 */
	private void record(List<OperationUpdate> updates, boolean isPoll) {
		try {
			if (!updates.isEmpty()) {
				this.call.recorder().enqueue(updates);
				this.call.recorder().flush().toCompletableFuture().join();
			}
			if (this.host.speed().isReal() || isPoll) {
				this.call.settle().run();
			}
		}
		catch (JournalLostException ex) {
			throw AwsException.invalidToken();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof JournalLostException) ? AwsException.invalidToken() : ex;
		}
		if (this.closed) {
			throw AwsException.invalidToken();
		}
	}

	/** A function may end its execution by a checkpoint, when its result is large. */
	private void end(List<WireUpdate> updates) {
		for (WireUpdate update : updates) {
			if (update.type() == OperationType.EXECUTION && !this.ending.end(update)) {
				throw AwsException.invalidToken();
			}
		}
	}

	private ObjectNode reply() {
		ObjectNode reply = Json.object();
		reply.put("CheckpointToken", token());
		putPage(reply.putObject("NewExecutionState"), this.operations.takeUnseen(), Integer.MAX_VALUE);
		return reply;
	}

	/** Another part of what did not fit the answer before. */
	synchronized ObjectNode state(String token, @Nullable String marker, int maxItems) {
		checkToken(token);
		ObjectNode state = Json.object();
		List<OperationState> items = (marker != null) ? this.rests.get(marker) : this.operations.all();
		if (items == null) {
			throw AwsException.invalid("'Marker' must be the NextMarker of an earlier answer");
		}
		if (marker == null) {
			state.putArray("Operations").add(OperationJson.REST.execution(this.start));
		}
		putPage(state, items, maxItems);
		return state;
	}

	private void putPage(ObjectNode node, List<OperationState> states, int maxItems) {
		Page<OperationState> page = Page.of(states, maxItems, Page.MAX_BYTES, CheckpointSession::size);
		ArrayNode array = node.withArray("Operations");
		page.items().forEach((state) -> array.add(OperationJson.REST.operation(state)));
		Json.put(node, "NextMarker", keep(page.rest()));
	}

	/** What the function is invoked with. */
	synchronized void putInitial(ObjectNode node) {
		ObjectNode execution = OperationJson.ENVELOPE.execution(this.start);
		int room = Page.MAX_BYTES - Json.bytes(execution).length;
		Page<OperationState> page = Page.of(this.operations.all(), Integer.MAX_VALUE, room, CheckpointSession::size);
		ArrayNode array = node.putArray("Operations");
		array.add(execution);
		page.items().forEach((state) -> array.add(OperationJson.ENVELOPE.operation(state)));
		Json.put(node, "NextMarker", keep(page.rest()));
	}

	private @Nullable String keep(List<OperationState> rest) {
		if (rest.isEmpty()) {
			return null;
		}
		String marker = this.call.facts().requestId() + "-" + this.rests.size();
		this.rests.put(marker, List.copyOf(rest));
		return marker;
	}

	private static int size(OperationState state) {
		return Json.bytes(OperationJson.REST.operation(state)).length;
	}

	/** Ends the invocation from within a checkpoint. */
	interface Ending {

		/** End the execution; returns whether that was recorded. */
		boolean end(WireUpdate update);

		/** Kill the function's process. */
		void kill();

		/** Return whether it was killed. */
		boolean isKilled();

	}

}
