package dev.durable.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The strands that are blocked, by what they hear of. Belongs to a lock. */
final class BlockedStrands {

	private final Map<Object, Set<Strand>> byKey = new HashMap<>();

	private final List<BooleanSupplier> kept = new ArrayList<>();

	void add(Strand strand, Strand.Blocked on) {
		on.keys().forEach((key) -> this.byKey.computeIfAbsent(key, (any) -> new LinkedHashSet<>()).add(strand));
	}

	void remove(Strand strand, Strand.Blocked on) {
		for (Object key : on.keys()) {
			Set<Strand> interested = this.byKey.get(key);
			if (interested != null && interested.remove(strand) && interested.isEmpty()) {
				this.byKey.remove(key);
			}
		}
	}

	/** A copy, in the order in which they were blocked. */
	List<Strand> interestedIn(Object key) {
		return List.copyOf(this.byKey.getOrDefault(key, Set.of()));
	}

	/** A copy of all, each once. */
	List<Strand> all() {
		Set<Strand> all = new LinkedHashSet<>();
		this.byKey.values().forEach(all::addAll);
		return new ArrayList<>(all);
	}

	/** Keep in mind what they wait for. */
	void keepConditions() {
		all().stream().map(Strand::blocked).filter(Objects::nonNull).map(Strand.Blocked::done).forEach(this.kept::add);
	}

	/** Whether something has happened that was waited for when it was kept in mind. */
	boolean hasHappenedSince() {
		return this.kept.stream().anyMatch(BooleanSupplier::getAsBoolean);
	}

	void clear() {
		this.byKey.clear();
	}

}
