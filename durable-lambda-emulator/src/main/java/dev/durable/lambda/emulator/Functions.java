package dev.durable.lambda.emulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The functions of an emulator by name. */
final class Functions {

	private final Map<String, EmulatedFunction> byName = new LinkedHashMap<>();

	Functions(List<EmulatedFunction> functions) {
		for (EmulatedFunction function : functions) {
			for (String name : function.names()) {
				if (this.byName.put(name, function) != null) {
					throw new IllegalArgumentException("Two functions are named '%s'".formatted(name));
				}
			}
		}
		if (functions.isEmpty()) {
			throw new IllegalArgumentException("An emulator needs at least one function");
		}
	}

	Set<String> names() {
		return this.byName.keySet();
	}

	Collection<EmulatedFunction> distinct() {
		return Set.copyOf(this.byName.values());
	}

	EmulatedFunction get(String name) {
		EmulatedFunction function = this.byName.get(name);
		if (function == null) {
			throw AwsException.notFound("Function not found: %s. The emulator has %s",
					ExecutionArn.function(name, EmulatedFunction.VERSION), names());
		}
		return function;
	}

	/** Find a function; a version that is not there is not found. */
	EmulatedFunction get(FunctionName name) {
		EmulatedFunction function = get(name.name());
		if (!has(name.qualifier())) {
			throw AwsException.notFound("Function not found: %s. Every function of the emulator has one version, %s",
					ExecutionArn.function(name.name(), String.valueOf(name.qualifier())), EmulatedFunction.VERSION);
		}
		return function;
	}

	boolean has(FunctionName name) {
		return this.byName.containsKey(name.name()) && has(name.qualifier());
	}

	/** An alias begins with a letter or so: all of them point to the one version. */
	private static boolean has(@Nullable String qualifier) {
		return qualifier == null || !qualifier.matches("[0-9]+") || qualifier.equals(EmulatedFunction.VERSION);
	}

}
