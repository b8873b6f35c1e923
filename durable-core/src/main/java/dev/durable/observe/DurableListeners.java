package dev.durable.observe;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners in their order, whatever they throw. Thread-safe.
 */
public final class DurableListeners {

	/** No listeners. */
	public static final DurableListeners NONE = new DurableListeners(List.of());

	private static final Logger log = LoggerFactory.getLogger(DurableListeners.class);

	private final List<DurableListener> listeners;

	/**
	 * Create listeners that are called together.
	 * @param listeners the listeners, in order
	 */
	public DurableListeners(List<? extends DurableListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Return whether there are none, so that nothing need be prepared for them.
	 * @return whether there are none
	 */
	public boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	/**
	 * Call one hook of all listeners.
	 * @param <I> what they are told
	 * @param hook the hook
	 * @param info what they are told, made only if there are listeners
	 */
	public <I> void tell(BiConsumer<? super DurableListener, ? super I> hook, Supplier<? extends I> info) {
		if (this.listeners.isEmpty()) {
			return;
		}
		try {
			I told = info.get();
			this.listeners.forEach((listener) -> tell(hook, listener, told));
		}
		catch (RuntimeException ex) {
			log.warn("Listeners could not be told what happened", ex);
		}
	}

	private static <I> void tell(BiConsumer<? super DurableListener, ? super I> hook, DurableListener listener,
			I info) {
		try {
			hook.accept(listener, info);
		}
		catch (Throwable ex) {
			log.warn("Listener {} threw, which has no effect on the execution", listener.getClass().getName(), ex);
		}
	}

}
