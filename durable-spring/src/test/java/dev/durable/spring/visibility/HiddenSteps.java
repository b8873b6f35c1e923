package dev.durable.spring.visibility;

import dev.durable.DurableStep;

class HiddenSteps {

	@DurableStep
	public String step() {
		return "visible";
	}

	public String outer() {
		return step();
	}

}
