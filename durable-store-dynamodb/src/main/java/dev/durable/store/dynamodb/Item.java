package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One item, or a map within one. A value that is {@code null} is left out; times are
 * milliseconds since 1970.
 *
 * @param values the attributes by name
 */
record Item(Map<String, AttributeValue> values) {

	static Item at(Key key) {
		return new Item(new HashMap<>(key.values()));
	}

	static Item map() {
		return new Item(new HashMap<>());
	}

	Key key() {
		return Key.of(this.values);
	}

	Item with(String name, @Nullable String value) {
		return put(name, (value != null) ? AttributeValue.fromS(value) : null);
	}

	Item with(String name, @Nullable Long value) {
		return put(name, (value != null) ? AttributeValue.fromN(value.toString()) : null);
	}

	Item with(String name, @Nullable Instant value) {
		return with(name, (value != null) ? (Long) value.toEpochMilli() : null);
	}

	Item with(String name, @Nullable Duration value) {
		return with(name, (value != null) ? (Long) value.toMillis() : null);
	}

	Item with(String name, @Nullable Payload value) {
		return put(name, (value != null) ? AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value.bytes())) : null);
	}

	Item with(String name, @Nullable Item map) {
		return put(name, (map != null) ? AttributeValue.fromM(map.values()) : null);
	}

	Item withTexts(String name, List<String> values) {
		return put(name,
				values.isEmpty() ? null : AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
	}

	Item withMaps(String name, List<Item> maps) {
		return put(name, maps.isEmpty() ? null
				: AttributeValue.fromL(maps.stream().map((map) -> AttributeValue.fromM(map.values())).toList()));
	}

	/** Take over all attributes of another one. */
	Item with(Item other) {
		this.values.putAll(other.values());
		return this;
	}

	private Item put(String name, @Nullable AttributeValue value) {
		if (value != null) {
			this.values.put(name, value);
		}
		return this;
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	@Nullable String text(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? value.s() : null;
	}

	String required(String name) {
		return Objects.requireNonNull(text(name), name);
	}

	@Nullable Long number(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? Long.valueOf(value.n()) : null;
	}

	long number(String name, long otherwise) {
		Long value = number(name);
		return (value != null) ? value : otherwise;
	}

	@Nullable Instant time(String name) {
		Long millis = number(name);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	@Nullable Duration duration(String name) {
		Long millis = number(name);
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

	@Nullable Payload payload(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? new Payload(value.b().asByteArrayUnsafe()) : null;
	}

	@Nullable Item map(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? new Item(value.m()) : null;
	}

	List<String> texts(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? value.l().stream().map(AttributeValue::s).toList() : List.of();
	}

	List<Item> maps(String name) {
		AttributeValue value = this.values.get(name);
		return (value != null) ? value.l().stream().map((map) -> new Item(map.m())).toList() : List.of();
	}

}
