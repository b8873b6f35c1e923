package dev.durable;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * How a condition is waited for.
 *
 * @param <T> the state
 * @param initialState what the first check gets
 * @param strategy decides whether the condition is met, and when it is checked again
 * @param codec writes the state, or {@code null} for the host's payload codec
 */
public record ConditionOptions<T extends @Nullable Object>(T initialState, WaitStrategy<? super T> strategy,
		@Nullable ValueCodec<T> codec) {

	/**
	 * Return options that wait with {@link WaitStrategy#until the default delays}.
	 * @param <T> the state
	 * @param initialState what the first check gets
	 * @param met whether a state meets the condition
	 * @return the options
	 */
	public static <T extends @Nullable Object> ConditionOptions<T> until(T initialState, Predicate<? super T> met) {
		return of(initialState, WaitStrategy.<T>until(met).build());
	}

	/**
	 * Return options with a strategy.
	 * @param <T> the state
	 * @param initialState what the first check gets
	 * @param strategy decides whether the condition is met, and when it is checked again
	 * @return the options
	 */
	public static <T extends @Nullable Object> ConditionOptions<T> of(T initialState,
			WaitStrategy<? super T> strategy) {
		return new ConditionOptions<>(initialState, strategy, null);
	}

	/**
	 * Return these options with a codec for the state.
	 * @param codec the codec
	 * @return the options
	 */
	public ConditionOptions<T> withCodec(ValueCodec<T> codec) {
		return new ConditionOptions<>(this.initialState, this.strategy, codec);
	}

}
