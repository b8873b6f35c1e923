package dev.durable.store.tck;

import dev.durable.DurableContext;

/**
 * Where a statement runs.
 *
 * @param context whose operations it calls
 * @param probe what its bodies tell
 * @param path its place in the program, and in the repetitions that it is part of
 * @param depth how many statements it lies in
 */
record Place(DurableContext context, Probe probe, String path, int depth) {

	static Place root(DurableContext context, Probe probe) {
		return new Place(context, probe, "", 0);
	}

	/** A part of the statement, in the same context. */
	Place at(Object part) {
		return new Place(this.context, this.probe, this.path + "/" + part, this.depth + 1);
	}

	/** A part of the statement that has a context of its own. */
	Place in(DurableContext child, Object part) {
		return new Place(child, this.probe, this.path, this.depth).at(part);
	}

	Place in(DurableContext child) {
		return in(child, "in");
	}

	/** The name of an operation that the statement calls. */
	String name(String kind) {
		return kind + " " + this.path;
	}

}
