package dev.durable.codec;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes payloads as JSON with Jackson 3. Thread-safe.
 * <p>
 * Polymorphic default typing is switched off whatever the given mapper says, so that no
 * payload can choose the class that it becomes.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private final JsonMapper mapper;

	/** Create a codec with Jackson's defaults. */
	public JacksonPayloadCodec() {
		this(JsonMapper.builder().findAndAddModules().build());
	}

	/**
	 * Create a codec with an application's settings.
	 * @param mapper the mapper to take them from; it is not changed
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.deactivateDefaultTyping()
			.addMixIn(Throwable.class, OwnPropertiesOnly.class)
			.build();
	}

	@Override
	public Payload encode(@Nullable Object value, Type type) {
		try {
			if (type instanceof ArgumentsType arguments) {
				return new Payload(this.mapper.writeValueAsBytes(toTree((Object[]) nonNull(value), arguments)));
			}
			return new Payload(this.mapper.writerFor(javaType(type)).writeValueAsBytes(value));
		}
		catch (JacksonException ex) {
			throw new PayloadCodecException(("A value of type %s cannot be written as JSON%s: %s. "
					+ "Return a type that Jackson can write and read back, such as a record.")
				.formatted(type.getTypeName(), path(ex), ex.getOriginalMessage()), ex);
		}
	}

	@Override
	public @Nullable Object decode(Payload payload, Type type) {
		try {
			if (type instanceof ArgumentsType arguments) {
				return fromTree(this.mapper.readTree(payload.bytes()), arguments);
			}
			return this.mapper.readerFor(javaType(type)).readValue(payload.bytes());
		}
		catch (JacksonException ex) {
			// The message would quote the payload, so only its kind and place are told.
			throw new PayloadCodecException(("A payload of %d bytes cannot be read as %s%s (%s). "
					+ "The type must be readable by Jackson, and stay compatible with what it wrote before.")
				.formatted(payload.size(), type.getTypeName(), path(ex), ex.getClass().getSimpleName()), null);
		}
	}

	private ArrayNode toTree(Object[] values, ArgumentsType arguments) {
		ArrayNode array = this.mapper.createArrayNode();
		List<Type> types = arguments.elements();
		if (values.length != types.size()) {
			throw new IllegalArgumentException(
					"'value' must have %d arguments but has %d".formatted(types.size(), values.length));
		}
		for (int i = 0; i < values.length; i++) {
			array.add(this.mapper.readTree(encode(values[i], types.get(i)).bytes()));
		}
		return array;
	}

	private @Nullable Object[] fromTree(JsonNode tree, ArgumentsType arguments) {
		List<Type> types = arguments.elements();
		if (!tree.isArray() || tree.size() != types.size()) {
			throw new PayloadCodecException("A payload must hold an array of %d arguments but holds %s of %d"
				.formatted(types.size(), tree.getNodeType(), tree.size()), null);
		}
		@Nullable Object[] values = new Object[types.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.mapper.readerFor(javaType(types.get(i))).readValue(tree.get(i));
		}
		return values;
	}

	private JavaType javaType(Type type) {
		return this.mapper.constructType((type instanceof TypeVariable) ? Object.class : type);
	}

	private static String path(JacksonException ex) {
		String path = ex.getPath().stream().map((reference) -> {
			String name = reference.getPropertyName();
			return (name != null) ? name : "[" + reference.getIndex() + "]";
		}).reduce("", (left, right) -> left.isEmpty() ? right : left + "." + right);
		return path.isEmpty() ? "" : " at '" + path + "'";
	}

	private static Object nonNull(@Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException("'value' must not be null for arguments");
		}
		return value;
	}

	/** Leaves of an exception what its class adds: the rest is recorded beside it. */
	@JsonIgnoreProperties({ "cause", "stackTrace", "suppressed", "localizedMessage" })
	private interface OwnPropertiesOnly {

	}

}
