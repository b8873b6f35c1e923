package dev.durable;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An error as histories record it.
 *
 * @param errorType the exception's class name, or the name that an outsider gave
 * @param errorMessage what it says
 * @param errorData whatever else is needed to rebuild it
 * @param stackTrace its frames, each {@code class|method|file|line}
 */
public record ErrorObject(String errorType, @Nullable String errorMessage, @Nullable String errorData,
		List<String> stackTrace) {

	public ErrorObject {
		Objects.requireNonNull(errorType, "'errorType' must not be null");
		stackTrace = List.copyOf(stackTrace);
	}

	/**
	 * Return an error with a type and a message only.
	 * @param errorType the type
	 * @param errorMessage the message
	 * @return the error
	 */
	public static ErrorObject of(String errorType, @Nullable String errorMessage) {
		return new ErrorObject(errorType, errorMessage, null, List.of());
	}

}
