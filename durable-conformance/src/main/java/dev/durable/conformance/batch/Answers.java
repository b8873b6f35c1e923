package dev.durable.conformance.batch;

/** What items and branches do that only have to succeed or to fail. */
final class Answers {

	/** The item that fails. */
	static final String FAIL = "fail";

	private Answers() {
	}

	/** Return the item, unless it is the one that fails. */
	static String answer(String item) {
		if (item.equals(FAIL)) {
			throw new IllegalStateException("This item fails");
		}
		return item;
	}

}
