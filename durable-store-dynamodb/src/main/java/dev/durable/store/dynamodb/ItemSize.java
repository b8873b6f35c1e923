package dev.durable.store.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How large DynamoDB takes an item to be: names and values, with small additions for
 * numbers and containers, as "DynamoDB item sizes and formats" in AWS's developer guide
 * says.
 */
final class ItemSize {

	private static final int CONTAINER = 3;

	private static final int ELEMENT = 1;

	/** The longest number that the guide allows for. */
	private static final int NUMBER = 21;

	private ItemSize() {
	}

	static int of(Item item) {
		return of(item.values());
	}

	private static int of(Map<String, AttributeValue> values) {
		return values.entrySet().stream().mapToInt((entry) -> text(entry.getKey()) + of(entry.getValue())).sum();
	}

	private static int of(AttributeValue value) {
		return switch (value.type()) {
			case S -> text(value.s());
			case N -> Math.min(NUMBER, (value.n().length() + 1) / 2 + 1);
			case B -> value.b().asByteArrayUnsafe().length;
			case M -> CONTAINER + ELEMENT * value.m().size() + of(value.m());
			case L -> CONTAINER + value.l().stream().mapToInt((element) -> ELEMENT + of(element)).sum();
			default -> ELEMENT;
		};
	}

	private static int text(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
