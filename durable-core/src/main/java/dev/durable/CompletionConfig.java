package dev.durable;

import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * When a map or parallel ends before all of its items have.
 * <p>
 * After each item the conditions are looked at in this order: enough items have
 * succeeded, too many have failed, the application's own condition holds. Items that are
 * running then are left: what they still do is not recorded. Immutable.
 */
public final class CompletionConfig {

	private static final CompletionConfig ALL = builder().build();

	private final Builder config;

	private CompletionConfig(Builder config) {
		this.config = config;
	}

	/**
	 * Return the default: every item runs, however many fail.
	 * @return the configuration
	 */
	public static CompletionConfig allCompleted() {
		return ALL;
	}

	/**
	 * Return the configuration that ends with the first failure.
	 * @return the configuration
	 */
	public static CompletionConfig failFast() {
		return builder().toleratedFailureCount(0).build();
	}

	/**
	 * Return the configuration that ends with the first success.
	 * @return the configuration
	 */
	public static CompletionConfig firstSuccessful() {
		return minSuccessful(1);
	}

	/**
	 * Return the configuration that ends when enough items have succeeded.
	 * @param minSuccessful how many, at least 1
	 * @return the configuration
	 */
	public static CompletionConfig minSuccessful(int minSuccessful) {
		return builder().minSuccessful(minSuccessful).build();
	}

	/**
	 * Return a builder without conditions.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Decide whether the operation ends now.
	 * @param progress how far it has come
	 * @return why it ends, or empty if it goes on
	 */
	public Optional<CompletionReason> decide(BatchProgress progress) {
		if (this.config.minSuccessful != null && progress.succeeded() >= this.config.minSuccessful) {
			return Optional.of(CompletionReason.MIN_SUCCESSFUL_REACHED);
		}
		if (progress.failed() > toleratedFailures(progress.total())) {
			return Optional.of(CompletionReason.FAILURE_TOLERANCE_EXCEEDED);
		}
		if (progress.succeeded() + progress.failed() == progress.total()) {
			return Optional.of(CompletionReason.ALL_COMPLETED);
		}
		return this.config.condition.test(progress) ? Optional.of(CompletionReason.CONDITION_MET) : Optional.empty();
	}

	private int toleratedFailures(int total) {
		int tolerated = (this.config.toleratedFailureCount != null) ? this.config.toleratedFailureCount : total;
		if (this.config.toleratedFailurePercentage != null) {
			tolerated = Math.min(tolerated, (int) Math.floor(total * this.config.toleratedFailurePercentage / 100));
		}
		return tolerated;
	}

	/** Builds a {@link CompletionConfig}; not thread-safe. */
	public static final class Builder {

		private @Nullable Integer minSuccessful;

		private @Nullable Integer toleratedFailureCount;

		private @Nullable Double toleratedFailurePercentage;

		private Predicate<BatchProgress> condition = (progress) -> false;

		Builder() {
		}

		private Builder(Builder source) {
			this.minSuccessful = source.minSuccessful;
			this.toleratedFailureCount = source.toleratedFailureCount;
			this.toleratedFailurePercentage = source.toleratedFailurePercentage;
			this.condition = source.condition;
		}

		/**
		 * End when enough items have succeeded (default: never early).
		 * @param minSuccessful how many, at least 1
		 * @return this builder
		 */
		public Builder minSuccessful(int minSuccessful) {
			if (minSuccessful < 1) {
				throw new IllegalArgumentException("'minSuccessful' must be at least 1 but was " + minSuccessful);
			}
			this.minSuccessful = minSuccessful;
			return this;
		}

		/**
		 * End when more items than this have failed (default: all may).
		 * @param toleratedFailureCount zero or more; zero ends with the first failure
		 * @return this builder
		 */
		public Builder toleratedFailureCount(int toleratedFailureCount) {
			if (toleratedFailureCount < 0) {
				throw new IllegalArgumentException(
						"'toleratedFailureCount' must not be negative but was " + toleratedFailureCount);
			}
			this.toleratedFailureCount = toleratedFailureCount;
			return this;
		}

		/**
		 * End when more than this share of all items has failed (default: all may).
		 * @param toleratedFailurePercentage 0 to 100
		 * @return this builder
		 */
		public Builder toleratedFailurePercentage(double toleratedFailurePercentage) {
			if (!(toleratedFailurePercentage >= 0 && toleratedFailurePercentage <= 100)) {
				throw new IllegalArgumentException(
						"'toleratedFailurePercentage' must be between 0 and 100 but was " + toleratedFailurePercentage);
			}
			this.toleratedFailurePercentage = toleratedFailurePercentage;
			return this;
		}

		/**
		 * End when a condition holds (default: none).
		 * @param condition looked at after each item; must depend on nothing but its
		 * argument
		 * @return this builder
		 */
		public Builder endWhen(Predicate<BatchProgress> condition) {
			this.condition = condition;
			return this;
		}

		/**
		 * Build the configuration.
		 * @return the configuration
		 */
		public CompletionConfig build() {
			return new CompletionConfig(new Builder(this));
		}

	}

}
