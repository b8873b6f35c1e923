package dev.durable.store.tck;

/**
 * Where a {@link CrashingStore} dies.
 *
 * @param append which append, from 1
 * @param moment on which side of its write
 */
public record CrashPoint(int append, Moment moment) {

	public CrashPoint {
		if (append < 1) {
			throw new IllegalArgumentException("'append' must be at least 1 but was " + append);
		}
	}

	@Override
	public String toString() {
		return this.moment + " append " + this.append;
	}

	/** A side of a write. */
	public enum Moment {

		/** Nothing was written. */
		BEFORE,

		/** It was written, but the caller never learns. */
		AFTER

	}

}
