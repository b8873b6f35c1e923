package dev.durable.store.tck;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import dev.durable.embedded.Timers;
import org.jspecify.annotations.Nullable;

/** Whoever completes callbacks; not part of the process that crashes. */
public final class Outsider {

	private final DurableCallbacks callbacks;

	private final Timers timers;

	/**
	 * Create an outsider.
	 * @param callbacks completes callbacks
	 * @param timers passes time
	 */
	public Outsider(DurableCallbacks callbacks, Timers timers) {
		this.callbacks = callbacks;
		this.timers = timers;
	}

	/**
	 * Answer what was published, or open one gate.
	 * @param witness was told of callbacks
	 * @param stuck whether nothing can happen unless a gate opens
	 * @return whether there was something to do
	 */
	public boolean act(Witness witness, BooleanSupplier stuck) {
		boolean acted = false;
		for (Witness.Publication next = witness.nextPublication(); next != null; next = witness.nextPublication()) {
			answer(next);
			acted = true;
		}
		return acted || (witness.hasGate() && stuck.getAsBoolean() && open(witness.nextGate()));
	}

	private boolean open(Witness.@Nullable Gate gate) {
		if (gate != null) {
			this.callbacks.succeed(gate.callbackId(), "opened");
		}
		return gate != null;
	}

	private void answer(Witness.Publication publication) {
		String id = publication.callbackId();
		switch (publication.answer()) {
			case SUCCEED -> this.callbacks.succeed(id, "granted");
			case FAIL -> this.callbacks.fail(id, ErrorObject.of("Refused", "The outsider refused"));
			case HEARTBEAT_THEN_SUCCEED -> {
				// within the timeout of 60 s although two takeovers may come before;
				// success only after it
				this.timers.schedule(Duration.ofSeconds(20), () -> this.callbacks.heartbeat(id));
				this.timers.schedule(Duration.ofSeconds(65), () -> this.callbacks.succeed(id, "granted late"));
			}
			case IGNORE -> {
				// its timeout answers
			}
		}
	}

}
