package dev.durable.engine;

/** Something that strands wait for; also the key that they wait with. */
final class Happening {

	private volatile boolean happened;

	boolean hasHappened() {
		return this.happened;
	}

	/** Let it happen without telling anybody. */
	void happens() {
		this.happened = true;
	}

}
