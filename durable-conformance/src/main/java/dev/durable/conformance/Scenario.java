package dev.durable.conformance;

import java.util.List;

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
				Json.list(actions).stream().map(CallbackAction::of).toList());
	}

	/** Return this scenario for a host where time passes faster. */
	Scenario at(int speed) {
		return new Scenario(this.function, this.input,
				this.actions.stream().map((action) -> action.at(speed)).toList());
	}

}
