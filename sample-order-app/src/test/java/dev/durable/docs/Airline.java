package dev.durable.docs;

import dev.durable.DurableStep;
import dev.durable.StepSemantics;

import org.springframework.stereotype.Component;

@Component
class Airline {

	@DurableStep(name = "book-flight", maxRetries = 3, delay = 200, multiplier = 2, excludes = SoldOutException.class)
	String book(String traveller) {
		if (traveller.equals("late")) {
			throw new SoldOutException();
		}
		return "Flight for " + traveller;
	}

	@DurableStep(semantics = StepSemantics.AT_MOST_ONCE_PER_RETRY, maxRetries = 0)
	String charge(String traveller) {
		return "paid by " + traveller;
	}

}
