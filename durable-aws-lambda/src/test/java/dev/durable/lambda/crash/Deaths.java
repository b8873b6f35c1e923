package dev.durable.lambda.crash;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.durable.lambda.crash.Death.Moment;

/**
 * Counts what the processes of one run do, and says when one of them dies. Thread-safe.
 */
final class Deaths {

	private final List<Death> planned;

	private final Queue<Death> next;

	private final Map<Moment, Integer> counts = new EnumMap<>(Moment.class);

	Deaths(List<Death> planned) {
		this.planned = List.copyOf(planned);
		this.next = new ArrayDeque<>(planned);
	}

	/** Count a moment; returns whether the process that is at it dies now. */
	synchronized boolean isNow(Moment moment) {
		int number = this.counts.merge(moment, 1, Integer::sum);
		if (!new Death(moment, number).equals(this.next.peek())) {
			return false;
		}
		this.next.remove();
		this.counts.clear();
		return true;
	}

	/** How many processes have died. */
	synchronized int count() {
		return this.planned.size() - this.next.size();
	}

	/** How many checkpoints were received since a process died. */
	synchronized int checkpoints() {
		return this.counts.getOrDefault(Moment.RECEIVED, 0);
	}

	/** All moments since a process died. */
	synchronized List<Death> possible() {
		return Stream.of(Moment.values())
			.flatMap((moment) -> IntStream.rangeClosed(1, this.counts.getOrDefault(moment, 0))
				.mapToObj((number) -> new Death(moment, number)))
			.toList();
	}

	@Override
	public String toString() {
		return this.planned.isEmpty() ? "no death" : "death " + this.planned;
	}

}
