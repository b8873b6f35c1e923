package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.List;

import dev.durable.ErrorObject;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records errors as the protocol has them. Every member is optional there; an error
 * without a type has an empty one here.
 */
final class WireErrorCodec implements ErrorCodec {

	@Override
	public ErrorObject describe(Throwable error) {
		return ErrorObject.of(error.getClass().getName(), error.getMessage());
	}

	@Override
	public @Nullable Throwable rebuild(ErrorObject error) {
		return null;
	}

	@Override
	public Payload encode(ErrorObject error) {
		ObjectNode node = Json.object();
		Json.put(node, "ErrorMessage", error.errorMessage());
		if (!error.errorType().isEmpty()) {
			node.put("ErrorType", error.errorType());
		}
		Json.put(node, "ErrorData", error.errorData());
		if (!error.stackTrace().isEmpty()) {
			ArrayNode frames = node.putArray("StackTrace");
			error.stackTrace().forEach(frames::add);
		}
		return new Payload(Json.bytes(node));
	}

	@Override
	public ErrorObject decode(Payload payload) {
		JsonNode node = Json.read(payload.bytes());
		if (node == null) {
			throw new IllegalStateException("A recorded error must be JSON");
		}
		return read(node);
	}

	/** Read an error object of a request. */
	static ErrorObject read(@Nullable JsonNode node) {
		String type = Json.text(node, "ErrorType");
		List<String> frames = new ArrayList<>();
		JsonNode trace = (node != null) ? node.get("StackTrace") : null;
		if (trace != null) {
			trace.forEach((frame) -> frames.add(frame.asString()));
		}
		return new ErrorObject((type != null) ? type : "", Json.text(node, "ErrorMessage"),
				Json.text(node, "ErrorData"), frames);
	}

}
