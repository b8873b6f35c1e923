package dev.durable.store.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an update does to one item.
 *
 * @param key the item
 * @param expression what is set and removed
 * @param values the values behind {@code :}
 * @param condition what must hold; else nothing happens
 */
record Change(Key key, String expression, Map<String, AttributeValue> values, Condition condition) {

	/**
	 * Set some attributes of an item and remove others.
	 * @param key the item
	 * @param names the attributes that change; one that the values lack is removed
	 * @param values their values
	 * @param condition what must hold
	 * @return the change
	 */
	static Change replacing(Key key, Iterable<String> names, Item values, Condition condition) {
		StringJoiner sets = new StringJoiner(", ", "set ", "").setEmptyValue("");
		StringJoiner removes = new StringJoiner(", ", "remove ", "").setEmptyValue("");
		Map<String, AttributeValue> bound = new HashMap<>(condition.values());
		TreeSet<String> sorted = new TreeSet<>();
		names.forEach(sorted::add);
		for (String name : sorted) {
			AttributeValue value = values.values().get(name);
			if (value != null) {
				sets.add("#%1$s = :%1$s".formatted(name));
				bound.put(":" + name, value);
			}
			else {
				removes.add("#" + name);
			}
		}
		return new Change(key, (sets + " " + removes).trim(), bound, condition);
	}

	Map<String, String> names() {
		Map<String, String> names = new HashMap<>(Condition.names(this.expression));
		names.putAll(this.condition.names());
		return names;
	}

}
