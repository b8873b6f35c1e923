package dev.durable.conformance;

import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

/**
 * What a requirement does to a function, with all variables resolved.
 *
 * @param function the durable function's name, which is also the execution's
 * @param input its input
 * @param actions what an outsider does with callbacks
 */
record Scenario(String function, JsonNode input, List<CallbackAction> actions) {

	static Scenario of(Requirement requirement, Variables variables) {
		JsonNode input = requirement.part("Input");
		JsonNode actions = variables.resolve(requirement.part("CallbackActions"));
		return new Scenario(requirement.id(), input.isMissingNode() ? Json.tree(null) : variables.resolve(input),
				StreamSupport.stream(actions.spliterator(), false).map(CallbackAction::of).toList());
	}

}
