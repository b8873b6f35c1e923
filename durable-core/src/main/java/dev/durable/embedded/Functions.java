package dev.durable.embedded;

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
			.max(Comparator.comparing(FunctionDefinition::id))
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

}
