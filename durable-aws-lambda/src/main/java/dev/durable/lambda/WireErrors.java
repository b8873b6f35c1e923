package dev.durable.lambda;

import java.util.List;

import dev.durable.ErrorObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Errors as the service keeps them, and within its limit. */
final class WireErrors {

	/** A message shorter than this does not tell enough. */
	private static final int MIN_MESSAGE = 256;

	/** {@code {"ErrorType":…,"ErrorMessage":…,"ErrorData":…,"StackTrace":[…]}} */
	private static final int FIELDS = 70;

	private WireErrors() {
	}

	/** Write an error for the SDK. */
	static software.amazon.awssdk.services.lambda.model.ErrorObject write(ErrorObject error) {
		var builder = software.amazon.awssdk.services.lambda.model.ErrorObject.builder();
		ModelJson.read(json(error), builder);
		return builder.build();
	}

	/** Read an error of the SDK. */
	static ErrorObject read(software.amazon.awssdk.services.lambda.model.ErrorObject error) {
		return read(ModelJson.write(error));
	}

	static ObjectNode json(ErrorObject error) {
		ObjectNode node = JsonNodeFactory.instance.objectNode();
		node.put("ErrorType", error.errorType());
		if (error.errorMessage() != null) {
			node.put("ErrorMessage", error.errorMessage());
		}
		if (error.errorData() != null) {
			node.put("ErrorData", error.errorData());
		}
		if (!error.stackTrace().isEmpty()) {
			error.stackTrace().forEach(node.putArray("StackTrace")::add);
		}
		return node;
	}

	/** Read an error, which others may have written without a type. */
	static ErrorObject read(JsonNode node) {
		return new ErrorObject(node.path("ErrorType").stringValue("Unknown"),
				node.path("ErrorMessage").stringValue(null), node.path("ErrorData").stringValue(null),
				node.path("StackTrace").valueStream().map(JsonNode::asString).toList());
	}

	/** The bytes of an error as JSON. */
	static int size(ErrorObject error) {
		int size = FIELDS + JsonSize.of(error.errorType()) + JsonSize.of(error.errorMessage())
				+ JsonSize.of(error.errorData());
		for (String frame : error.stackTrace()) {
			size += JsonSize.of(frame) + 1;
		}
		return size;
	}

	/**
	 * Trim an error: its last frames first, then its message, then its data, of which
	 * only the whole is of use, and then what is left of its message.
	 */
	static ErrorObject bound(ErrorObject error, int limit) {
		ErrorObject bounded = withFrames(error, limit);
		bounded = withMessage(bounded, limit, MIN_MESSAGE);
		if (size(bounded) > limit) {
			ErrorObject withoutData = new ErrorObject(error.errorType(), error.errorMessage(), null, List.of());
			bounded = withMessage(withoutData, limit, 0);
		}
		return (size(bounded) <= limit) ? bounded
				: ErrorObject.of(shorten(error.errorType(), limit / 8), bounded.errorMessage());
	}

	private static ErrorObject withFrames(ErrorObject error, int limit) {
		List<String> frames = error.stackTrace();
		int size = size(error);
		int count = frames.size();
		while (size > limit && count > 0) {
			count--;
			size -= JsonSize.of(frames.get(count)) + 1;
		}
		return (count == frames.size()) ? error
				: new ErrorObject(error.errorType(), error.errorMessage(), error.errorData(), frames.subList(0, count));
	}

	private static ErrorObject withMessage(ErrorObject error, int limit, int least) {
		ErrorObject bounded = error;
		String message = error.errorMessage();
		while (message != null && message.length() > least && size(bounded) > limit) {
			message = shorten(message, Math.max(least, message.length() * 3 / 4));
			bounded = new ErrorObject(error.errorType(), message, error.errorData(), error.stackTrace());
		}
		return bounded;
	}

	private static String shorten(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		int end = Math.max(0, length - 1);
		// Half a character cannot be written.
		end -= (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) ? 1 : 0;
		return text.substring(0, end) + ((length > 0) ? "…" : "");
	}

}
