package dev.durable.sample.orders;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * A simulated card terminal, with test cards as payment providers have them:
 * {@code tok_declined} is always declined and {@code tok_slow} takes its time. It is out
 * of order now and then; on which attempts follows from the order's id.
 */
@Component
class CardTerminal {

	private static final Logger logger = LoggerFactory.getLogger(CardTerminal.class);

	private final OrderProperties properties;

	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

	CardTerminal(OrderProperties properties) {
		this.properties = properties;
	}

	/**
	 * Ask for the money. The terminal knows an order by its id and takes its money once,
	 * however often it is asked.
	 * @param order the order to be paid
	 * @throws CardDeclinedException if the bank says no
	 * @throws PaymentException if the terminal is out of order
	 */
	void authorize(Order order) {
		if (order.card().equals("tok_declined")) {
			throw new CardDeclinedException("The bank declined the card of order " + order.id());
		}
		if (order.card().equals("tok_slow")) {
			think(order);
		}
		int attempt = this.attempts.merge(order.id(), 1, Integer::sum);
		if (chance(order.id(), attempt) < this.properties.cardFailureRate()) {
			throw new PaymentException("The card terminal is out of order (attempt %d)".formatted(attempt));
		}
		this.attempts.remove(order.id());
	}

	private void think(Order order) {
		logger.info("Slow card of order {}: asking", order.id());
		try {
			Thread.sleep(this.properties.slowCardDelay().toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PaymentException("The card terminal was interrupted");
		}
		logger.info("Slow card of order {}: answered", order.id());
	}

	/** Spread the ids and attempts evenly over 0 (inclusive) to 1 (exclusive). */
	private static double chance(String orderId, int attempt) {
		long bits = orderId.hashCode() * 31L + attempt;
		bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
		bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return ((bits ^ (bits >>> 33)) >>> 11) * 0x1.0p-53;
	}

}
