package dev.durable.store.dynamodb;

import java.util.Map;
import java.util.Objects;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of an item.
 *
 * @param partition what is stored together
 * @param sort its place there
 */
record Key(String partition, String sort) {

	static final String PARTITION = "pk";

	static final String SORT = "sk";

	static Key of(Map<String, AttributeValue> values) {
		return new Key(text(values, PARTITION), text(values, SORT));
	}

	private static String text(Map<String, AttributeValue> values, String name) {
		return Objects.requireNonNull(values.get(name), name).s();
	}

	Map<String, AttributeValue> values() {
		return Map.of(PARTITION, AttributeValue.fromS(this.partition), SORT, AttributeValue.fromS(this.sort));
	}

}
