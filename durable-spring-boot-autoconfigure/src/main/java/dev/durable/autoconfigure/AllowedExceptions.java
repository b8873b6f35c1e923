package dev.durable.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which exceptions may be rebuilt from the record: Spring's and those of the
 * application's packages. The codec itself adds the JDK's.
 *
 * @param packages the packages, each with its subpackages
 */
record AllowedExceptions(Set<String> packages) implements Predicate<String> {

	AllowedExceptions {
		packages = Set.copyOf(packages);
	}

	static AllowedExceptions of(Collection<String> application, Collection<String> configured) {
		Set<String> packages = new LinkedHashSet<>(List.of("org.springframework"));
		packages.addAll(application);
		packages.addAll(configured);
		// An application in the default package would otherwise allow every class there
		// is.
		packages.remove("");
		return new AllowedExceptions(packages);
	}

	@Override
	public boolean test(String className) {
		return this.packages.stream().anyMatch((name) -> className.startsWith(name + "."));
	}

}
