package dev.durable.conformance;

/** Makes databases. */
interface Databases extends AutoCloseable {

	/**
	 * Make an empty database, which may take the place of the one before.
	 * @param name its name, unique in this run
	 * @return its URL, which other processes can use too
	 */
	String create(String name);

	@Override
	void close();

}
