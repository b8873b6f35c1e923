package dev.durable.spring;

import java.util.Optional;
import java.util.Set;

/**
 * What configuration says about steps and functions, instead of their annotations. Asked
 * once for each annotated method, when its bean is created. Thread-safe.
 */
public interface DurableOverrides {

	/**
	 * Return what is configured for a step.
	 * @param name the step's name, as it is recorded
	 * @return what overrides the annotation
	 */
	Optional<StepOverride> step(String name);

	/**
	 * Return what is configured for a function.
	 * @param name the function's name
	 * @return what overrides the annotation
	 */
	Optional<FunctionOverride> function(String name);

	/**
	 * Return the names of the steps that something is configured for. What belongs to no
	 * step of any bean is reported at startup.
	 * @return the names, as {@link #step} takes them
	 */
	Set<String> stepNames();

	/**
	 * Return the names of the functions that something is configured for. What belongs to
	 * no function of any bean is reported at startup.
	 * @return the names, as {@link #function} takes them
	 */
	Set<String> functionNames();

	/**
	 * Return overrides that leave every annotation as it is.
	 * @return no overrides
	 */
	static DurableOverrides none() {
		return new DurableOverrides() {
			@Override
			public Optional<StepOverride> step(String name) {
				return Optional.empty();
			}

			@Override
			public Optional<FunctionOverride> function(String name) {
				return Optional.empty();
			}

			@Override
			public Set<String> stepNames() {
				return Set.of();
			}

			@Override
			public Set<String> functionNames() {
				return Set.of();
			}
		};
	}

}
