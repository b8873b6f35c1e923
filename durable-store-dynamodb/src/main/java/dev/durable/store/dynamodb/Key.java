package dev.durable.store.dynamodb;

import java.util.Map;

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
		return new Key(values.get(PARTITION).s(), values.get(SORT).s());
	}

	Map<String, AttributeValue> values() {
		return Map.of(PARTITION, AttributeValue.fromS(this.partition), SORT, AttributeValue.fromS(this.sort));
	}

}
