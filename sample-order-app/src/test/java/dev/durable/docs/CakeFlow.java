package dev.durable.docs;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.stereotype.Service;

@Service
class CakeFlow {

	@DurableFunction(name = "bake-cake")
	String bake(String flavour) {
		String dough = mix(flavour);
		return heat(dough);
	}

	@DurableStep
	String mix(String flavour) {
		return flavour + " dough";
	}

	@DurableStep
	String heat(String dough) {
		return "cake of " + dough;
	}

}
