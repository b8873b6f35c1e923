package dev.durable.lambda;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.durable.engine.FunctionDefinition;

/**
 * The durable functions of this application.
 *
 * @param source asked whenever they are needed
 */
record KnownFunctions(Supplier<? extends Collection<FunctionDefinition>> source) {

	/** The version that new executions run. */
	Optional<FunctionDefinition> current(String name) {
		return this.source.get()
			.stream()
			.filter((function) -> function.id().name().equals(name))
			.max(Comparator.comparing(FunctionDefinition::id));
	}

	List<String> names() {
		return this.source.get().stream().map((function) -> function.id().name()).distinct().sorted().toList();
	}

}
