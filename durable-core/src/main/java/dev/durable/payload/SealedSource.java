package dev.durable.payload;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSource;

/** The bytes of a payload that was read from a store in sealed form. */
abstract class SealedSource implements PayloadSource {

	private final PayloadPlace place;

	private final Payload stored;

	SealedSource(PayloadPlace place, Payload stored) {
		this.place = place;
		this.stored = stored;
	}

	/** Where it was sealed for. */
	PayloadPlace place() {
		return this.place;
	}

	/** As it is stored. */
	Payload stored() {
		return this.stored;
	}

}
