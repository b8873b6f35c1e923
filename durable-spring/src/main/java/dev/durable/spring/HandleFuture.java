package dev.durable.spring;

import java.time.Duration;

import dev.durable.DurableFuture;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** The future result of an execution that was started from outside any execution. */
record HandleFuture(ExecutionHandle<Object> handle, Duration timeout) implements DurableFuture<@Nullable Object> {

	@Override
	public @Nullable Object get() {
		return this.handle.result(this.timeout);
	}

	@Override
	public boolean isDone() {
		return this.handle.status() != ExecutionStatus.RUNNING;
	}

}
