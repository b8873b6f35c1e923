package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.OperationId;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read is what was written. */
abstract class ReadContract extends AppendContract {

	@Test
	void findWhenTheExecutionIsUnknownReturnsNothing() {
		assertThat(store().find(Rows.newId())).isEmpty();
		assertThat(store().lastEvent(Rows.newId())).isEmpty();
		assertThat(store().event(Rows.newId(), 1)).isEmpty();
		assertThat(journal(Rows.newId())).isEmpty();
	}

	@Test
	void findWhenEveryFieldIsSetReturnsThemAll() {
		ExecutionIdentity identity = new ExecutionIdentity(Rows.newId(), Rows.FUNCTION, "order-42",
				new ParentLink(Rows.newId(), new OperationId("a".repeat(64))), "d".repeat(64), Rows.STARTED_AT,
				Instant.parse("2027-01-02T03:04:05.678Z"));
		ExecutionRow row = new ExecutionRow(identity,
				new ExecutionState(ExecutionStatus.RUNNING, null, Instant.parse("2026-06-01T00:00:00.001Z"), 7,
						"Blocked: step 'späť' was \"moved\" \u2014 see history", null, null));
		assertThat(store().find(create(row))).contains(row);
	}

	@Test
	void findWhenTheExecutionEndedReturnsWhen() {
		ExecutionId id = owned(HERE);
		for (ExecutionStatus status : ExecutionStatus.values()) {
			if (status.isTerminal()) {
				ExecutionState ended = ExecutionState.ended(status, Instant.parse("2026-06-01T00:00:00.999Z"), null);
				append(Appends.update(id, 1 + status.ordinal(), ended));
				assertThat(state(id)).isEqualTo(ended);
			}
		}
	}

	@Test
	void readWhenEventsAreOfEveryTypeReturnsThemInOrder() {
		ExecutionId id = owned(HERE);
		List<Event> events = new ArrayList<>();
		for (EventType type : EventType.values()) {
			events.add(Events.event(events.size() + 2, type, Events.INVOCATION, null, EventContent.NONE));
		}
		append(Appends.events(id, events.toArray(Event[]::new)));
		List<Event> journal = journal(id);
		assertThat(journal.subList(1, journal.size())).isEqualTo(events);
	}

	@Test
	void readWhenAnEventHasEveryFieldReturnsThemAll() {
		ExecutionId id = owned(HERE);
		EventDetails details = EventDetails.NONE.with("attempt", 3)
			.with("delay", Duration.ofMillis(1500))
			.with("at", Rows.STARTED_AT)
			.with("function", "a=b&c=d %+\u00fc\u4e2d\ud83d\ude00");
		List<Event> events = new ArrayList<>();
		for (OperationSubType subType : OperationSubType.values()) {
			OperationRef operation = new OperationRef(new OperationId("b".repeat(64)), new OperationId("c".repeat(64)),
					"n".repeat(256), subType);
			events.add(Events.event(events.size() + 2, EventType.STEP_FAILED, "i".repeat(36), operation,
					new EventContent(Payload.ofText("payload"), Payload.ofText("error"), details)));
		}
		append(Appends.events(id, events.toArray(Event[]::new)));
		List<Event> journal = journal(id);
		assertThat(journal.subList(1, journal.size())).isEqualTo(events);
		assertThat(journal.get(1).content().details()).isEqualTo(details);
	}

	@Test
	void readWhenPayloadsAreUnusualReturnsTheirBytes() {
		ExecutionId id = owned(HERE);
		byte[] everyByte = new byte[256];
		for (int i = 0; i < everyByte.length; i++) {
			everyByte[i] = (byte) i;
		}
		List<Payload> payloads = List.of(new Payload(everyByte),
				Payload.ofText("\u00fc \u4e2d \ud83d\ude00 \u0000 '\""), new Payload(new byte[0]),
				Payload.ofText("null"));
		List<Event> events = new ArrayList<>();
		payloads.forEach((payload) -> events.add(Events.step(events.size() + 2, payload)));
		append(Appends.events(id, events.toArray(Event[]::new)));
		List<Event> journal = journal(id);
		assertThat(journal.subList(1, journal.size())).extracting((event) -> event.content().payload())
			.isEqualTo(payloads);
	}

	@Test
	void readWhenAPayloadIsEmptyTellsItFromNone() {
		ExecutionId id = owned(HERE);
		append(Appends.events(id, Events.step(2, new Payload(new byte[0])), Events.step(3, null)));
		assertThat(store().event(id, 2).orElseThrow().content().payload()).isEqualTo(new Payload(new byte[0]));
		assertThat(store().event(id, 3).orElseThrow().content().payload()).isNull();
	}

	@Test
	void readWhenAPayloadIsLargeReturnsIt() {
		ExecutionId id = owned(HERE);
		byte[] bytes = new byte[1024 * 1024];
		new Random(42).nextBytes(bytes);
		append(Appends.events(id, Events.step(2, new Payload(bytes))));
		Payload read = store().event(id, 2).orElseThrow().content().payload();
		// not as payloads, or a failure would print two mebibytes
		assertThat(Arrays.equals(Objects.requireNonNull(read).bytes(), bytes)).isTrue();
	}

	@Test
	void readWhenTheHistoryIsLongReturnsAllOfIt() {
		ExecutionId id = owned(HERE);
		for (long first = 2; first < 5000; first += 833) {
			append(Appends.events(id,
					LongStream.range(first, first + 833)
						.mapToObj((position) -> Events.step(position, Payload.ofText("result " + position)))
						.toArray(Event[]::new)));
		}
		List<Event> journal = journal(id);
		assertThat(journal).extracting(Event::position)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 4999).boxed().toList());
		assertThat(journal.get(4998)).isEqualTo(Events.step(4999, Payload.ofText("result 4999")));
	}

	@Test
	void readWhenSeveralExecutionsAreAskedForKeepsThemApart() {
		List<ExecutionId> ids = List.of(owned(HERE), owned(HERE), owned(THERE));
		for (long position = 2; position < 12; position++) {
			for (ExecutionId id : ids) {
				append(Appends.events(id, Events.at(position, id.value())));
			}
		}
		ExecutionId other = owned(HERE);
		Map<ExecutionId, List<Event>> journals = new LinkedHashMap<>();
		store().read(with(Rows.newId(), ids),
				(id, event) -> journals.computeIfAbsent(id, (key) -> new ArrayList<>()).add(event));
		assertThat(journals).containsOnlyKeys(ids).doesNotContainKey(other);
		journals.forEach((id, events) -> {
			assertThat(events).extracting(Event::position)
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
			assertThat(events.subList(1, 11)).extracting(Event::invocation).containsOnly(id.value());
		});
	}

	@Test
	void readWhenNoExecutionIsAskedForReadsNothing() {
		owned(HERE);
		List<Event> events = new ArrayList<>();
		store().read(List.of(), (id, event) -> events.add(event));
		assertThat(events).isEmpty();
	}

	@Test
	void lastEventWhenEventsFollowIsTheNewest() {
		ExecutionId id = owned(HERE);
		assertThat(store().lastEvent(id)).contains(Events.started());
		append(Appends.events(id, Events.at(2), Events.at(3, "last")));
		assertThat(otherNode().lastEvent(id)).contains(Events.at(3, "last"));
		assertThat(store().event(id, 3)).isEqualTo(store().lastEvent(id));
		assertThat(store().event(id, 4)).isEmpty();
	}

	private static <T> List<T> with(T first, List<T> rest) {
		List<T> all = new ArrayList<>();
		all.add(first);
		all.addAll(rest);
		return all;
	}

}
