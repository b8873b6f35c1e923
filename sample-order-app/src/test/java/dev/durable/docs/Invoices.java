package dev.durable.docs;

import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class Invoices {

	@DurableStep(excludes = UnknownCustomerException.class)
	Invoice issue(String customer) {
		if (customer.startsWith("unknown")) {
			throw new UnknownCustomerException("There is no customer '%s'".formatted(customer));
		}
		return new Invoice(customer, 4_200);
	}

	@DurableStep
	Invoice collect(Invoice invoice) {
		return invoice;
	}

}
