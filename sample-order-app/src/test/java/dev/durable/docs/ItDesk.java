package dev.durable.docs;

import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class ItDesk {

	@DurableStep
	String createAccount(String employee) {
		return "account of " + employee;
	}

	@DurableStep
	String orderLaptop(String employee) {
		return "laptop for " + employee;
	}

}
