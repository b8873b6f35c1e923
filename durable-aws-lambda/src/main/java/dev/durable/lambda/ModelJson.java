package dev.durable.lambda;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The SDK's model in the JSON of its protocol, whatever fields the model has. */
final class ModelJson {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private ModelJson() {
	}

	/** Write all fields that have a value. */
	static ObjectNode write(SdkPojo model) {
		ObjectNode node = NODES.objectNode();
		for (SdkField<?> field : model.sdkFields()) {
			Object value = field.getValueOrDefault(model);
			if (isPresent(value)) {
				node.set(field.locationName(), write(value));
			}
		}
		return node;
	}

	private static boolean isPresent(@Nullable Object value) {
		return value != null && !(value instanceof SdkAutoConstructList);
	}

	private static JsonNode write(Object value) {
		if (value instanceof SdkPojo model) {
			return write(model);
		}
		if (value instanceof List<?> list) {
			return NODES.arrayNode().addAll(list.stream().map(ModelJson::write).toList());
		}
		if (value instanceof Instant instant) {
			return NODES.numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
		}
		if (value instanceof Integer number) {
			return NODES.numberNode(number);
		}
		return (value instanceof Boolean flag) ? NODES.booleanNode(flag) : NODES.stringNode(value.toString());
	}

	/** Set the fields of a builder that have a value. */
	static void read(JsonNode node, SdkPojo builder) {
		for (SdkField<?> field : builder.sdkFields()) {
			JsonNode value = node.path(field.locationName());
			if (!value.isMissingNode() && !value.isNull()) {
				field.set(builder, read(value, field));
			}
		}
	}

	private static Object read(JsonNode node, SdkField<?> field) {
		if (field.marshallingType() == MarshallingType.SDK_POJO) {
			SdkPojo builder = field.constructor().get();
			read(node, builder);
			return ((Buildable) builder).build();
		}
		if (field.marshallingType() == MarshallingType.LIST) {
			SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
			return node.valueStream().map((element) -> read(element, member)).toList();
		}
		if (field.marshallingType() == MarshallingType.INTEGER) {
			return node.intValue();
		}
		return (field.marshallingType() == MarshallingType.BOOLEAN) ? (Object) node.booleanValue() : node.stringValue();
	}

}
