package dev.durable.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.durable.FunctionVersion;
import dev.durable.UnknownFunctionException;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/** The functions of this application, asked for once when first needed. Thread-safe. */
final class Functions {

	private final Supplier<? extends Collection<FunctionDefinition>> source;

	private volatile @Nullable Map<FunctionVersion, FunctionDefinition> known;

	Functions(Supplier<? extends Collection<FunctionDefinition>> source) {
		this.source = source;
	}

	Set<FunctionVersion> versions() {
		return known().keySet();
	}

	@Nullable FunctionDefinition find(FunctionVersion id) {
		return known().get(id);
	}

	/** The version that new executions run: the greatest, compared number by number. */
	FunctionDefinition current(String name) {
		return known().values()
			.stream()
			.filter((function) -> function.id().name().equals(name))
			.max(Comparator.comparing((function) -> function.id().version(), Functions::compareVersions))
			.orElseThrow(() -> new UnknownFunctionException(name, names()));
	}

	private List<String> names() {
		return known().keySet().stream().map(FunctionVersion::name).distinct().toList();
	}

	private Map<FunctionVersion, FunctionDefinition> known() {
		Map<FunctionVersion, FunctionDefinition> functions = this.known;
		if (functions == null) {
			functions = new HashMap<>();
			for (FunctionDefinition function : this.source.get()) {
				if (functions.put(function.id(), function) != null) {
					throw new IllegalStateException("Two durable functions are named '%s'".formatted(function.id()));
				}
			}
			this.known = functions;
		}
		return functions;
	}

	static int compareVersions(String left, String right) {
		List<String> a = new ArrayList<>(List.of(left.split("[._-]")));
		List<String> b = new ArrayList<>(List.of(right.split("[._-]")));
		for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
			int order = comparePart(a.get(i), b.get(i));
			if (order != 0) {
				return order;
			}
		}
		return (a.size() != b.size()) ? Integer.compare(a.size(), b.size()) : left.compareTo(right);
	}

	private static int comparePart(String a, String b) {
		boolean numbers = a.matches("\\d{1,18}") && b.matches("\\d{1,18}");
		return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
	}

}
