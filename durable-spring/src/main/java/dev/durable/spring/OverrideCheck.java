package dev.durable.spring;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports configuration that no annotated method will ever read, such as that of a
 * misspelt name.
 */
final class OverrideCheck {

	private static final Logger logger = LoggerFactory.getLogger(OverrideCheck.class);

	private OverrideCheck() {
	}

	/**
	 * Check what is configured.
	 * @param methods asked for all durable methods if anything is
	 */
	static void check(DurableOverrides overrides, Supplier<Collection<DurableMethod>> methods) {
		if (overrides.stepNames().isEmpty() && overrides.functionNames().isEmpty()) {
			return;
		}
		Collection<DurableMethod> known = methods.get();
		warn("durable.steps", "@DurableStep", overrides.stepNames(), names(known, DurableStepSpec.class));
		warn("durable.functions", "@DurableFunction", overrides.functionNames(),
				names(known, DurableFunctionSpec.class));
	}

	private static Set<String> names(Collection<DurableMethod> methods, Class<? extends DurableMethod> type) {
		return methods.stream()
			.filter(type::isInstance)
			.map(DurableMethod::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static void warn(String prefix, String annotation, Set<String> configured, Set<String> known) {
		configured.stream()
			.filter((name) -> !known.contains(name))
			.sorted()
			.forEach((name) -> logger.warn("'{}.{}' has no effect: no bean has a {} method of that name. "
					+ "The known names are {}; one with other characters than letters, digits, '-' and '_' "
					+ "is configured as '{}.[<name>]'.", prefix, name, annotation, known, prefix));
	}

}
