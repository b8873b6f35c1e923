package dev.durable.sample.orders.chaos;

/**
 * One order of a run, and what should become of it.
 *
 * @param key its Idempotency-Key
 * @param item what is ordered
 * @param quantity how many
 * @param amountCents for how much; 50,000 and more need an approval
 * @param card the card's token
 * @param plan what should become of it
 */
record PlannedOrder(String key, String item, int quantity, long amountCents, String card, Plan plan) {

	private static final String[] ITEMS = { "book", "lamp", "desk" };

	/** What should become of an order. */
	enum Plan {

		SMALL, DECLINED, OUT_OF_STOCK, APPROVED, REFUSED, UNANSWERED

	}

	static PlannedOrder number(int number, long seed) {
		Plan plan = plan(number);
		boolean large = plan == Plan.APPROVED || plan == Plan.REFUSED || plan == Plan.UNANSWERED;
		String card = (plan == Plan.DECLINED) ? "tok_declined" : (number % 17 == 3) ? "tok_slow" : "tok_visa";
		return new PlannedOrder("chaos-%d-%d".formatted(seed, number),
				(plan == Plan.OUT_OF_STOCK) ? "unicorn" : ITEMS[number % 3], 1 + number % 2,
				(large ? 50_000 : 1_000) + number, card, plan);
	}

	private static Plan plan(int number) {
		return switch (number % 20) {
			case 4, 9 -> Plan.APPROVED;
			case 14 -> Plan.REFUSED;
			case 19 -> Plan.UNANSWERED;
			case 7 -> Plan.DECLINED;
			case 11 -> Plan.OUT_OF_STOCK;
			default -> Plan.SMALL;
		};
	}

	boolean needsAnswer() {
		return this.plan == Plan.APPROVED || this.plan == Plan.REFUSED;
	}

	String json() {
		return "{\"item\":\"%s\",\"quantity\":%d,\"amountCents\":%d,\"card\":\"%s\"}".formatted(this.item,
				this.quantity, this.amountCents, this.card);
	}

}
