package dev.durable.conformance;

import java.util.List;
import java.util.Locale;

/**
 * What a requirement's run has shown.
 *
 * @param requirement the requirement
 * @param kind in a word
 * @param differences why it failed, one line each
 */
record Verdict(Requirement requirement, Kind kind, List<String> differences) {

	/** One line for people. */
	String line() {
		String why = this.differences.isEmpty() ? "" : " – " + this.differences.get(0);
		String more = (this.differences.size() > 1) ? " (and %d more)".formatted(this.differences.size() - 1) : "";
		return "%-9s %s%s%s".formatted(this.kind.name().toLowerCase(Locale.ROOT), this.requirement, why, more);
	}

	/** The words. */
	enum Kind {

		/** All that is expected came out. */
		PASSED,

		/** Something else came out, or nothing. */
		FAILED,

		/** It ran to its end, and the requirement does not say what to expect. */
		UNCHECKED

	}

}
