package dev.durable;

import org.jspecify.annotations.Nullable;

/** A result that was there from the beginning. */
record CompletedFuture<T extends @Nullable Object>(T value) implements DurableFuture<T> {

	@Override
	public T get() {
		return this.value;
	}

	@Override
	public boolean isDone() {
		return true;
	}

}
