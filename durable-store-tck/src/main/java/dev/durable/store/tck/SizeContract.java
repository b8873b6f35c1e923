package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is too large, too wide or too strange up to what the engine lets through. */
abstract class SizeContract extends StartContract {

	/** The largest payload that the engine lets through by default. */
	private static final int LARGEST = 6_291_456;

	private static final int MEBIBYTE = 1_048_576;

	@Test
	void payloadWhenItsSizeIsAtSomebodysLimitIsReadAsItWas() {
		ExecutionId id = owned(HERE);
		List<Payload> payloads = IntStream
			.of(65_535, 65_536, 262_143, 262_144, 262_145, 409_599, 409_600, 409_601, MEBIBYTE, LARGEST)
			.mapToObj(SizeContract::random)
			.toList();
		for (int i = 0; i < payloads.size(); i++) {
			append(Appends.events(id, Events.step(i + 2, payloads.get(i))));
			assertSame(otherNode().event(id, i + 2).orElseThrow().content().payload(), payloads.get(i));
			assertSame(store().lastEvent(id).orElseThrow().content().payload(), payloads.get(i));
		}
		List<Event> journal = journal(id);
		List<Event> history = queries().history(id, 1, 100);
		for (int i = 0; i < payloads.size(); i++) {
			assertSame(journal.get(i + 1).content().payload(), payloads.get(i));
			assertSame(history.get(i).content().payload(), payloads.get(i));
		}
	}

	@Test
	void inputWhenItIsTheLargestIsReadAsItWas() {
		Payload input = random(LARGEST);
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		append(new Append(row.identity().id(), List.of(Events.event(1, EventType.EXECUTION_STARTED, Events.INVOCATION,
				null, new EventContent(input, null, EventDetails.NONE))), new RowChange.Create(row), Effects.NONE));
		assertSame(otherNode().event(row.identity().id(), 1).orElseThrow().content().payload(), input);
		assertThat(store().find(row.identity().id())).contains(row);
	}

	@Test
	void errorWhenItIsLargeIsReadAsItWas() {
		ExecutionId id = owned(HERE);
		Payload payload = random(409_601);
		Payload error = random(MEBIBYTE);
		append(Appends.events(id, Events.event(2, EventType.STEP_FAILED, Events.INVOCATION, Events.operation("step"),
				new EventContent(payload, error, EventDetails.NONE))));
		EventContent read = journal(id).get(1).content();
		assertSame(read.payload(), payload);
		assertSame(read.error(), error);
	}

	@Test
	void appendWhenSeveralPayloadsAreLargeWritesThemInOrder() {
		ExecutionId id = owned(HERE);
		List<Payload> payloads = IntStream.of(LARGEST, MEBIBYTE, 10, LARGEST, 409_600)
			.mapToObj(SizeContract::random)
			.toList();
		Event[] events = IntStream.range(0, payloads.size())
			.mapToObj((i) -> Events.step(i + 2, payloads.get(i)))
			.toArray(Event[]::new);
		append(Appends.events(id, events));
		List<Event> journal = journal(id);
		assertThat(journal).extracting(Event::position).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		for (int i = 0; i < payloads.size(); i++) {
			assertSame(journal.get(i + 1).content().payload(), payloads.get(i));
		}
	}

	@Test
	void appendWhenItIsLargeAndRefusedLeavesTheWinnersPayload() {
		ExecutionId id = owned(HERE);
		Payload winner = random(MEBIBYTE);
		append(Appends.events(id, Events.step(2, winner)));
		refused(otherNode(), Appends.events(id, Events.step(2, random(MEBIBYTE - 1)), Events.step(3, random(500_000))));
		assertSame(store().event(id, 2).orElseThrow().content().payload(), winner);
		assertThat(store().event(id, 3)).isEmpty();
		Payload next = random(300_000);
		append(Appends.events(id, Events.step(3, next)));
		assertSame(otherNode().event(id, 3).orElseThrow().content().payload(), next);
	}

	@Test
	void appendWhenLargeOnesRaceKeepsTheWinnersPayloadWhole() {
		for (int round = 0; round < 5; round++) {
			ExecutionId id = owned(HERE);
			Payload here = random(MEBIBYTE);
			Payload there = random(MEBIBYTE - 7);
			List<Boolean> won = Race.run(List.of(() -> wins(store(), Appends.events(id, Events.step(2, here))),
					() -> wins(otherNode(), Appends.events(id, Events.step(2, there)))));
			assertThat(won).containsOnlyOnce(true);
			assertSame(store().event(id, 2).orElseThrow().content().payload(), won.get(0) ? here : there);
		}
	}

	@Test
	void callbackWhenItsOutcomeIsLargeKeepsIt() {
		ExecutionId id = owned(HERE);
		CallbackRow succeeded = Rows.callback(id);
		CallbackRow failed = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(succeeded, failed)));
		Payload payload = random(LARGEST);
		Payload error = random(409_601);
		assertThat(otherNode().completeCallback(succeeded.key().lookup(),
				new CallbackRow.Outcome(CallbackState.SUCCEEDED, payload, null), Optional.of(Rows.signal(id))))
			.isTrue();
		assertThat(otherNode().completeCallback(failed.key().lookup(),
				new CallbackRow.Outcome(CallbackState.FAILED, null, error), Optional.of(Rows.signal(id))))
			.isTrue();
		assertThat(store().completeCallback(succeeded.key().lookup(),
				new CallbackRow.Outcome(CallbackState.SUCCEEDED, random(MEBIBYTE), null), Optional.empty()))
			.isFalse();
		append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null),
				Appends.closeCallbacks()));
		assertSame(store().callback(succeeded.key().lookup()).orElseThrow().outcome().payload(), payload);
		assertSame(store().callback(failed.key().lookup()).orElseThrow().outcome().error(), error);
	}

	@Test
	void readWhenSeveralExecutionsHaveLargePayloadsKeepsEachInOrder() {
		Map<ExecutionId, List<Payload>> written = new HashMap<>();
		for (int i = 0; i < 3; i++) {
			int size = 300_000 + 10 * i;
			written.put(owned(HERE), IntStream.range(size, size + 4).mapToObj(SizeContract::random).toList());
		}
		for (int n = 0; n < 4; n++) {
			int index = n;
			written.forEach((id, payloads) -> append(Appends.events(id, Events.step(index + 2, payloads.get(index)))));
		}
		Map<ExecutionId, List<Event>> read = new HashMap<>();
		otherNode().read(written.keySet(),
				(id, event) -> read.computeIfAbsent(id, (key) -> new ArrayList<>()).add(event));
		assertThat(read).containsOnlyKeys(written.keySet());
		written.forEach((id, payloads) -> {
			List<Event> events = read.getOrDefault(id, List.of());
			assertThat(events).extracting(Event::position).containsExactly(1L, 2L, 3L, 4L, 5L);
			for (int n = 0; n < 4; n++) {
				assertSame(events.get(n + 1).content().payload(), payloads.get(n));
			}
		});
	}

	@Test
	void appendWhenItHasManyEventsAndEffectsIsWrittenAsAWhole() {
		int many = 300;
		ExecutionId id = owned(HERE);
		Signal[] signals = IntStream.range(0, many).mapToObj((i) -> Rows.signal(id)).toArray(Signal[]::new);
		append(Appends.effects(sleeping(null), 2, Appends.signals(signals)));
		CallbackRow[] callbacks = IntStream.range(0, many)
			.mapToObj((i) -> Rows.callback(id))
			.toArray(CallbackRow[]::new);
		List<Event> events = IntStream.range(0, many).mapToObj((i) -> Events.step(i + 2, Payload.ofText("1"))).toList();
		Effects effects = new Effects(List.of(callbacks), Arrays.stream(signals).map(Signal::id).toList(), List.of(),
				false);
		append(new Append(id, events, new RowChange.None(), effects));
		assertThat(journal(id)).hasSize(many + 1);
		assertThat(store().signals(List.of(id))).isEmpty();
		assertThat(callbacks)
			.allSatisfy((callback) -> assertThat(otherNode().callback(callback.key().lookup())).contains(callback));
		refused(otherNode(), new Append(id, events, new RowChange.None(), effects));
	}

	@Test
	void textWhenItIsOfAnyScriptIsReadAsItWas() {
		String text = "\u00fc\u00df \u4e2d\u6587 \u0623\u0647\u0644\u0627 \ud83d\ude00\ud83c\udff3\ufe0f\u200d\ud83c\udf08 e\u0301 '\";\\%_--\n\t\r";
		ExecutionId id = create(
				Rows.row(new ExecutionState(ExecutionStatus.RUNNING, null, later(1), 0, text.repeat(200), null, null)));
		assertThat(state(id).blockedReason()).isEqualTo(text.repeat(200));
		EventDetails details = EventDetails.NONE.with("tenantId", text + "\u0000").with("function", text.repeat(100));
		append(Appends.events(id, Events.event(2, EventType.STEP_FAILED, Events.INVOCATION, Events.operation("step"),
				new EventContent(Payload.ofText(text), Payload.ofText(text), details))));
		EventContent read = journal(id).get(1).content();
		assertThat(read).isEqualTo(new EventContent(Payload.ofText(text), Payload.ofText(text), details));
		append(Appends.update(id, 3, ExecutionState.postponed(later(1), 1, text)));
		assertThat(otherNode().find(id).orElseThrow().state().blockedReason()).isEqualTo(text);
	}

	/** Bytes that differ from size to size. */
	private static Payload random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return new Payload(bytes);
	}

	/** Not as payloads, or a failure would print mebibytes. */
	private static void assertSame(@Nullable Payload read, Payload written) {
		byte[] bytes = Objects.requireNonNull(read, "The payload is missing").bytes();
		assertThat(bytes.length).isEqualTo(written.bytes().length);
		assertThat(Arrays.equals(bytes, written.bytes())).as("equal bytes").isTrue();
	}

}
