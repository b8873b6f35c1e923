package dev.durable.store.tck;

import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the simplest form of something that fails: goes to the first simpler form
 * that fails too, until none does or it has tried often enough.
 *
 * @param <T> what fails
 */
final class Shrinker<T> {

	private final Function<T, Stream<T>> simpler;

	private final Predicate<T> fails;

	private int tries;

	/**
	 * Create a shrinker.
	 * @param simpler gives simpler forms, those that promise most first; must come to an
	 * end
	 * @param fails tries a form
	 * @param tries how many forms are tried at most
	 */
	Shrinker(Function<T, Stream<T>> simpler, Predicate<T> fails, int tries) {
		this.simpler = simpler;
		this.fails = fails;
		this.tries = tries;
	}

	/** Return the simplest form found. */
	T shrink(T failing) {
		T current = failing;
		T next = simplerThan(current);
		while (next != null) {
			current = next;
			next = simplerThan(current);
		}
		return current;
	}

	private @Nullable T simplerThan(T current) {
		Iterator<T> candidates = this.simpler.apply(current).iterator();
		while (candidates.hasNext() && this.tries > 0) {
			this.tries--;
			T candidate = candidates.next();
			if (this.fails.test(candidate)) {
				return candidate;
			}
		}
		return null;
	}

}
