package dev.durable.context;

import dev.durable.CallbackSubmitter;
import dev.durable.ChildBody;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.TypeRef;
import dev.durable.WaitForCallbackOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a waitForCallback does in its context.
 *
 * @param <T> the callback's result
 * @param name the operation's name, or {@code null}
 * @param type the result's type
 * @param options timeouts, codec, and the submitter's retries
 * @param submitter gives the callback's id away
 */
record WaitForCallback<T extends @Nullable Object>(@Nullable String name, TypeRef<T> type,
		WaitForCallbackOptions options, CallbackSubmitter<?> submitter) implements ChildBody<T, Exception> {

	/** The longest suffix has ten characters, and a name at most 256. */
	private static final int MAX_NAME = 246;

	WaitForCallback {
		if (name != null && name.length() > MAX_NAME) {
			throw new IllegalArgumentException("'name' of a waitForCallback must have at most %d characters but has %d"
				.formatted(MAX_NAME, name.length()));
		}
	}

	@Override
	public T run(DurableContext child) throws Exception {
		DurableCallback<T> callback = child.createCallback(suffixed("-callback"), this.type, this.options.callback());
		child.step(suffixed("-submitter"), new TypeRef<@Nullable Void>() {
		}, this.options.submitter(), (step) -> {
			this.submitter.submit(callback.callbackId(), step);
			return null;
		});
		return callback.get();
	}

	private @Nullable String suffixed(String suffix) {
		return (this.name != null) ? this.name + suffix : null;
	}

}
