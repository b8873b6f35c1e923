package dev.durable.lambda.emulator;

import java.nio.charset.StandardCharsets;

import dev.durable.OperationType;
import dev.durable.journal.OperationAction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An update of an operation as a caller sent it.
 *
 * @param node the update
 * @param id its operation
 * @param type its operation's type
 * @param action what happens to the operation
 */
record WireUpdate(JsonNode node, String id, OperationType type, OperationAction action) {

	static WireUpdate of(JsonNode node) {
		return new WireUpdate(node, required(node, "Id"), constant(OperationType.class, node, "Type"),
				constant(OperationAction.class, node, "Action"));
	}

	private static String required(JsonNode node, String member) {
		String text = Json.text(node, member);
		if (text == null) {
			throw AwsException.invalid("An operation update needs a value for '%s'", member);
		}
		return text;
	}

	private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String member) {
		String text = required(node, member);
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equals(text)) {
				return constant;
			}
		}
		throw AwsException.invalid("'%s' of an operation update has an unknown value", member);
	}

	@Nullable String parentId() {
		return Json.text(this.node, "ParentId");
	}

	@Nullable String name() {
		return Json.text(this.node, "Name");
	}

	@Nullable String subType() {
		return Json.text(this.node, "SubType");
	}

	@Nullable String payload() {
		return Json.text(this.node, "Payload");
	}

	@Nullable JsonNode error() {
		JsonNode error = this.node.get("Error");
		return (error != null && error.isObject()) ? error : null;
	}

	/** A number among the options, or null. */
	@Nullable Long option(String options, String member) {
		JsonNode value = options(options, member);
		return (value != null && value.isIntegralNumber()) ? value.longValue() : null;
	}

	/** A text among the options, or null. */
	@Nullable String textOption(String options, String member) {
		return Json.text(this.node.get(options), member);
	}

	boolean replaysChildren() {
		JsonNode value = options("ContextOptions", "ReplayChildren");
		return value != null && value.isBoolean() && value.booleanValue();
	}

	private @Nullable JsonNode options(String options, String member) {
		JsonNode node = this.node.get(options);
		return (node != null) ? node.get(member) : null;
	}

	int payloadBytes() {
		String payload = payload();
		return (payload != null) ? payload.getBytes(StandardCharsets.UTF_8).length : 0;
	}

	int errorBytes() {
		JsonNode error = error();
		return (error != null) ? Json.bytes(error).length : 0;
	}

	/** What the update adds to what is stored. */
	int bytes() {
		return payloadBytes() + errorBytes();
	}

	/** How an update is named in messages: never by what it carries. */
	@Override
	public String toString() {
		return "%s of %s '%s'".formatted(this.action, this.type, this.id);
	}

}
