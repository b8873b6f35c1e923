package dev.durable.context;

import java.util.ArrayList;
import java.util.List;

import dev.durable.BatchOptions.ItemNamer;
import dev.durable.MapFunction;
import dev.durable.ParallelBranch;
import org.jspecify.annotations.Nullable;

/** Turns the items of a map into branches. */
final class Iterations {

	private Iterations() {
	}

	/**
	 * Give each item a branch, from a copy of the list: the application may change its
	 * own while branches run.
	 */
	@SuppressWarnings("unchecked") // options cannot know the type, and say that it must
									// fit
	static <I extends @Nullable Object, T extends @Nullable Object> List<ParallelBranch<T>> of(List<? extends I> items,
			@Nullable ItemNamer<?> namer, MapFunction<? super I, T, ?> function) {
		List<ParallelBranch<T>> branches = new ArrayList<>(items.size());
		for (I item : items) {
			int index = branches.size();
			String name = (namer != null) ? ((ItemNamer<I>) namer).name(item, index) : null;
			branches.add(new ParallelBranch<>(name, (child) -> function.apply(child, item, index)));
		}
		return branches;
	}

}
