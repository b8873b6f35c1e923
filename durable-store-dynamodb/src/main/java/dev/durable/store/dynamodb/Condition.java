package dev.durable.store.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An expression over an item, such as {@code #nd = :node}: each name behind {@code #} is
 * an attribute, so that no reserved word can clash.
 *
 * @param text the expression
 * @param values the values behind {@code :}
 */
record Condition(String text, Map<String, AttributeValue> values) {

	private static final Pattern NAME = Pattern.compile("#(\\w+)");

	static final Condition ABSENT = new Condition("attribute_not_exists(#pk)", Map.of());

	static Condition of(String text) {
		return new Condition(text, Map.of());
	}

	static Condition equal(String attribute, String value) {
		return new Condition("#%1$s = :%1$s_is".formatted(attribute),
				Map.of(":%s_is".formatted(attribute), AttributeValue.fromS(value)));
	}

	static Condition equal(String attribute, long value) {
		return new Condition("#%1$s = :%1$s_is".formatted(attribute),
				Map.of(":%s_is".formatted(attribute), AttributeValue.fromN(Long.toString(value))));
	}

	Condition and(Condition other) {
		return join(other, " and ");
	}

	Condition or(Condition other) {
		return join(other, " or ");
	}

	private Condition join(Condition other, String word) {
		Map<String, AttributeValue> both = new HashMap<>(this.values);
		both.putAll(other.values);
		return new Condition("(" + this.text + word + other.text + ")", both);
	}

	Map<String, String> names() {
		return names(this.text);
	}

	static Map<String, String> names(String expression) {
		Map<String, String> names = new HashMap<>();
		Matcher matcher = NAME.matcher(expression);
		while (matcher.find()) {
			names.put(matcher.group(), matcher.group(1));
		}
		return names;
	}

}
