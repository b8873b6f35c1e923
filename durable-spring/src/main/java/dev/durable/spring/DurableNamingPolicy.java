package dev.durable.spring;

import org.springframework.cglib.core.NamingPolicy;
import org.springframework.cglib.core.Predicate;

/**
 * Names generated classes. Spring takes {@code $$} for the sign of a generated class and
 * looks at the parent for constructors, qualifiers and annotations.
 */
final class DurableNamingPolicy implements NamingPolicy {

	static final String TAG = "$$Durable$$";

	static final DurableNamingPolicy INSTANCE = new DurableNamingPolicy();

	private DurableNamingPolicy() {
	}

	@Override
	public String getClassName(String prefix, String source, Object key, Predicate taken) {
		int index = 0;
		String name = prefix + TAG + index;
		while (taken.evaluate(name)) {
			index++;
			name = prefix + TAG + index;
		}
		return name;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DurableNamingPolicy;
	}

	@Override
	public int hashCode() {
		return DurableNamingPolicy.class.hashCode();
	}

}
