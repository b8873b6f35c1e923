package dev.durable.spring;

import dev.durable.spring.MethodBody.BodyListener;
import org.jspecify.annotations.Nullable;

/**
 * A call that was already intercepted in front of a proxy, on its way to the object
 * behind. The object finds it on its thread and so does not intercept the call again.
 * Confined to its thread.
 */
final class CallFrame {

	private static final ThreadLocal<@Nullable CallFrame> TOP = new ThreadLocal<>();

	private final @Nullable CallFrame below;

	private final Object target;

	private final MethodKey method;

	private final BodyListener listener;

	/** Advice may run the body several times, and the body may call itself. */
	private boolean inBody;

	private CallFrame(@Nullable CallFrame below, Object target, MethodKey method, BodyListener listener) {
		this.below = below;
		this.target = target;
		this.method = method;
		this.listener = listener;
	}

	/** Announce a call on this thread; the frame must be {@link #pop() popped}. */
	static CallFrame push(Object target, MethodKey method, BodyListener listener) {
		CallFrame frame = new CallFrame(TOP.get(), target, method, listener);
		TOP.set(frame);
		return frame;
	}

	/** Return the announcement of a call that has arrived at its target. */
	static @Nullable CallFrame announced(Object target, MethodKey method) {
		CallFrame top = TOP.get();
		return (top != null && !top.inBody && top.target == target && top.method.equals(method)) ? top : null;
	}

	void pop() {
		if (this.below != null) {
			TOP.set(this.below);
		}
		else {
			TOP.remove();
		}
	}

	/** Run the user's code and pass on what it returned. */
	@Nullable Object runBody(MethodBody body) throws Throwable {
		this.inBody = true;
		try {
			return body.run(this.listener);
		}
		finally {
			this.inBody = false;
		}
	}

}
