package dev.durable.lambda;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.durable.engine.FunctionDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.FunctionRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;

/**
 * Puts durable functions into Spring Cloud Function's catalog, each under its name: a
 * call starts an execution.
 *
 * @param starts starts executions
 */
public record CatalogFunctions(CatalogStarts starts) {

	private static final Logger logger = LoggerFactory.getLogger(CatalogFunctions.class);

	/** What the catalog has by itself. */
	private static final Set<String> THEIRS = Set.of("functionRouter", "defaultMessageRoutingHandler");

	/** What comes may be of any type, and what goes is JSON. */
	private static final ResolvableType TYPE = ResolvableType.forClassWithGenerics(java.util.function.Function.class,
			ResolvableType.forClass(Object.class), ResolvableType.forClassWithGenerics(Message.class, byte[].class));

	/**
	 * Return the functions of an application that are not durable ones.
	 * @param catalog the catalog, before anything was registered
	 * @return their names
	 */
	public static Set<String> ordinary(FunctionCatalog catalog) {
		Set<String> names = new TreeSet<>(catalog.getNames(null));
		names.removeAll(THEIRS);
		return names;
	}

	/**
	 * Register functions. One whose name a function of the application has already is
	 * left out, with a warning.
	 * @param registry the catalog
	 * @param functions the functions, of which the greatest version of each name counts
	 */
	public void register(FunctionRegistry registry, Collection<FunctionDefinition> functions) {
		Map<String, FunctionDefinition> current = new LinkedHashMap<>();
		functions.forEach((function) -> current.merge(function.id().name(), function,
				(one, other) -> (one.id().compareTo(other.id()) > 0) ? one : other));
		Set<String> taken = registry.getNames(null);
		current.forEach((name, function) -> {
			if (taken.contains(name)) {
				logger.warn("The function catalog has a function '{}' of the application already, so the durable "
						+ "function of that name is not in it: rename one of them to call both. "
						+ "Executions of the durable one are still started by DurableClient and by calls of its bean.",
						name);
			}
			else {
				registry.register(new FunctionRegistration<>(this.starts.of(function), name).type(TYPE.getType()));
			}
		});
	}

}
