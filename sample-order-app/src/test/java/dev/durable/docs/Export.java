package dev.durable.docs;

/**
 * A report that a warehouse is writing.
 *
 * @param id its number
 * @param percent how much is written
 */
record Export(String id, int percent) {

	boolean done() {
		return this.percent == 100;
	}

}
