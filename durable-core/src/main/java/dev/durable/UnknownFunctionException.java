package dev.durable;

import java.util.Collection;

/** No durable function has the requested name. */
public class UnknownFunctionException extends DurableException {

	/**
	 * Create the exception.
	 * @param requested the name that was asked for
	 * @param known the names that this application has
	 */
	public UnknownFunctionException(String requested, Collection<String> known) {
		super("No durable function is named '%s'; this application has %s. Check the name, or add a @DurableFunction."
			.formatted(requested, known.isEmpty() ? "none" : known.stream().sorted().toList()));
	}

}
