package dev.durable.lambda.crash;

import dev.durable.store.tck.CrashPoint;

/**
 * Where a process of a function dies.
 *
 * @param moment what it is doing
 * @param number how often processes have done that since the last one died, from 1
 */
record Death(Moment moment, int number) {

	static Death of(CrashPoint point) {
		return new Death((point.moment() == CrashPoint.Moment.BEFORE) ? Moment.RECEIVED : Moment.RECORDED,
				point.append());
	}

	@Override
	public String toString() {
		return this.moment + " " + this.number;
	}

	/** Something that the processes of an execution do, again and again. */
	enum Moment {

		/** The service has received a checkpoint, and recorded nothing of it. */
		RECEIVED,

		/** The service has recorded a checkpoint, and not replied. */
		RECORDED,

		/** The function has come to its answer, and not sent it. */
		ANSWERED

	}

}
