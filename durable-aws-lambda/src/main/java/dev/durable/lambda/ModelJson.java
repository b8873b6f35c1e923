package dev.durable.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** A request of the SDK's model as its JSON protocol writes it. */
final class ModelJson {

	private ModelJson() {
	}

	/** Return the fields of the body, whatever fields the model has. */
	static Map<String, Object> write(SdkPojo model) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (SdkField<?> field : model.sdkFields()) {
			Object value = field.getValueOrDefault(model);
			if (value != null && field.location() == MarshallLocation.PAYLOAD) {
				fields.put(field.locationName(), write(value));
			}
		}
		return fields;
	}

	private static Object write(Object value) {
		if (value instanceof SdkPojo model) {
			return write(model);
		}
		return (value instanceof List<?> list) ? list.stream().map(ModelJson::write).toList() : value;
	}

}
