package dev.durable.store;

import java.util.List;

import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;

/**
 * One atomic write to one execution: all of it happens, or none of it.
 *
 * @param execution the execution
 * @param events its next events: at least one, with consecutive positions
 * @param row what happens to its row
 * @param effects what happens beside
 * @param follows which invocation must have written the event before the first one, so
 * that the append is refused where that is missing, or another's; {@code null} if nobody
 * need look, because there is none or it was written just now
 */
public record Append(ExecutionId execution, List<Event> events, RowChange row, Effects effects,
		@Nullable String follows) {

	public Append {
		events = List.copyOf(events);
		if (events.isEmpty()) {
			throw new IllegalArgumentException("'events' must not be empty");
		}
		long first = events.get(0).position();
		for (int i = 0; i < events.size(); i++) {
			if (events.get(i).position() != first + i) {
				throw new IllegalArgumentException(
						"'events' must have consecutive positions from %d but number %d has %d".formatted(first, i,
								events.get(i).position()));
			}
		}
		if (row instanceof RowChange.Create && first != 1) {
			throw new IllegalArgumentException("An execution is created with position 1 but was with " + first);
		}
	}

	/**
	 * Create an append for which nobody need look what is before it.
	 * @param execution the execution
	 * @param events its next events
	 * @param row what happens to its row
	 * @param effects what happens beside
	 */
	public Append(ExecutionId execution, List<Event> events, RowChange row, Effects effects) {
		this(execution, events, row, effects, null);
	}

	/**
	 * Return the first position that this append takes.
	 * @return from 1
	 */
	public long firstPosition() {
		return this.events.get(0).position();
	}

	/**
	 * Return the last position that this append takes.
	 * @return from 1
	 */
	public long lastPosition() {
		return this.events.get(this.events.size() - 1).position();
	}

}
