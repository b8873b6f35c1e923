package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * One branch of a parallel.
 *
 * @param <T> the result
 * @param name the branch's name, at most 256 printable ASCII characters, or {@code null}
 * @param body the code, which may call durable operations on the branch's context
 */
public record ParallelBranch<T extends @Nullable Object>(@Nullable String name, ChildBody<? extends T, ?> body) {

	public ParallelBranch {
		if (name != null) {
			Names.operation(name);
		}
	}

	/**
	 * Return a branch without a name.
	 * @param <T> the result
	 * @param body the code
	 * @return the branch
	 */
	public static <T extends @Nullable Object> ParallelBranch<T> of(ChildBody<? extends T, ?> body) {
		return new ParallelBranch<>(null, body);
	}

	/**
	 * Return a branch with a name.
	 * @param <T> the result
	 * @param name at most 256 printable ASCII characters
	 * @param body the code
	 * @return the branch
	 */
	public static <T extends @Nullable Object> ParallelBranch<T> of(String name, ChildBody<? extends T, ?> body) {
		return new ParallelBranch<>(name, body);
	}

}
