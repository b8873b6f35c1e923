package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How a map or parallel runs and is recorded. Immutable; codecs and namer must fit the
 * operation that they are used with.
 */
public final class BatchOptions {

	private static final BatchOptions DEFAULTS = builder().build();

	private final Builder config;

	private BatchOptions(Builder config) {
		this.config = config;
	}

	/**
	 * Return the defaults: all items side by side, all run to their end, each recorded on
	 * its own.
	 * @return the options
	 */
	public static BatchOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a builder that starts from the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return how many items may be under way at once.
	 * @return at least 1
	 */
	public int maxConcurrency() {
		return this.config.maxConcurrency;
	}

	/**
	 * Return when the operation ends.
	 * @return the configuration
	 */
	public CompletionConfig completion() {
		return this.config.completion;
	}

	/**
	 * Return how items are recorded.
	 * @return the nesting
	 */
	public NestingType nesting() {
		return this.config.nesting;
	}

	/**
	 * Return what writes the items' results.
	 * @return the codec, or {@code null} for the host's payload codec
	 */
	public @Nullable ValueCodec<?> itemCodec() {
		return this.config.itemCodec;
	}

	/**
	 * Return what writes the whole result.
	 * @return the codec, or {@code null} for the host's payload codec
	 */
	public @Nullable ValueCodec<? extends BatchResult<?>> codec() {
		return this.config.codec;
	}

	/**
	 * Return what names the items of a map.
	 * @return the namer, or {@code null} for none
	 */
	public @Nullable ItemNamer<?> itemNamer() {
		return this.config.itemNamer;
	}

	/**
	 * Names the items of a map.
	 *
	 * @param <I> the items
	 */
	@FunctionalInterface
	public interface ItemNamer<I extends @Nullable Object> {

		/**
		 * Name an item, the same on every replay.
		 * @param item the item
		 * @param index its place, from zero
		 * @return at most 256 printable ASCII characters, or {@code null}
		 */
		@Nullable String name(I item, int index);

	}

	/** Builds {@link BatchOptions}; not thread-safe. */
	public static final class Builder {

		private int maxConcurrency = Integer.MAX_VALUE;

		private CompletionConfig completion = CompletionConfig.allCompleted();

		private NestingType nesting = NestingType.NESTED;

		private @Nullable ValueCodec<?> itemCodec;

		private @Nullable ValueCodec<? extends BatchResult<?>> codec;

		private @Nullable ItemNamer<?> itemNamer;

		Builder() {
		}

		private Builder(Builder source) {
			this.maxConcurrency = source.maxConcurrency;
			this.completion = source.completion;
			this.nesting = source.nesting;
			this.itemCodec = source.itemCodec;
			this.codec = source.codec;
			this.itemNamer = source.itemNamer;
		}

		/**
		 * Set how many items may be under way at once (default: no limit). An item keeps
		 * its place while it waits.
		 * @param maxConcurrency at least 1
		 * @return this builder
		 */
		public Builder maxConcurrency(int maxConcurrency) {
			if (maxConcurrency < 1) {
				throw new IllegalArgumentException("'maxConcurrency' must be at least 1 but was " + maxConcurrency);
			}
			this.maxConcurrency = maxConcurrency;
			return this;
		}

		/**
		 * Set when the operation ends (default {@link CompletionConfig#allCompleted()}).
		 * @param completion the configuration
		 * @return this builder
		 */
		public Builder completion(CompletionConfig completion) {
			this.completion = completion;
			return this;
		}

		/**
		 * Set how items are recorded (default {@link NestingType#NESTED}).
		 * @param nesting the nesting
		 * @return this builder
		 */
		public Builder nesting(NestingType nesting) {
			this.nesting = nesting;
			return this;
		}

		/**
		 * Set what writes each item's result (default: the host's payload codec).
		 * @param itemCodec fits the items' result type
		 * @return this builder
		 */
		public Builder itemCodec(ValueCodec<?> itemCodec) {
			this.itemCodec = itemCodec;
			return this;
		}

		/**
		 * Set what writes the whole result (default: the host's payload codec).
		 * @param codec fits the operation's result type
		 * @return this builder
		 */
		public Builder codec(ValueCodec<? extends BatchResult<?>> codec) {
			this.codec = codec;
			return this;
		}

		/**
		 * Set what names the items of a map (default: no names). The branches of a
		 * parallel have names of their own.
		 * @param <I> the items
		 * @param itemNamer names items of the map's type
		 * @return this builder
		 */
		public <I extends @Nullable Object> Builder itemNamer(ItemNamer<I> itemNamer) {
			this.itemNamer = itemNamer;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public BatchOptions build() {
			return new BatchOptions(new Builder(this));
		}

	}

}
