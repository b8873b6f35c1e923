package dev.durable.sample.orders;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Asks by a line in the log, where a real shop would send a mail. */
@Component
class LoggingApprover implements Approver {

	private static final Logger logger = LoggerFactory.getLogger(LoggingApprover.class);

	@Override
	public void ask(Order order) {
		logger.info("Order {} waits for approval: POST /orders/{}/approval", order.id(), order.id());
	}

}
