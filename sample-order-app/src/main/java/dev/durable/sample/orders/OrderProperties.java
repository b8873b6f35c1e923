package dev.durable.sample.orders;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The numbers of the order service.
 *
 * @param dataDir where H2 keeps its file, path and base name
 * @param coolingOff how long an order rests after its card was charged
 * @param approvalLimitCents orders from this amount on need an approval
 * @param approvalTimeout how long an approval may take before the order is called off
 * @param cardFailureRate share of attempts, from 0 to 1, on which the card terminal is
 * out of order
 * @param slowCardDelay how long the card terminal thinks about a slow card
 */
@ConfigurationProperties("orders")
record OrderProperties(String dataDir, Duration coolingOff, long approvalLimitCents, Duration approvalTimeout,
		double cardFailureRate, Duration slowCardDelay) {

	OrderProperties {
		if (!(cardFailureRate >= 0 && cardFailureRate <= 1)) {
			throw new IllegalArgumentException("'cardFailureRate' must be between 0 and 1 but was " + cardFailureRate);
		}
	}

}
