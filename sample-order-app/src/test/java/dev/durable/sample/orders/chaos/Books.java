package dev.durable.sample.orders.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks every order and the audit, and remembers what is wrong. */
final class Books {

	private static final Map<String, String> EFFECTS = Map.of("SHIPPED", "{CHARGE=1, RESERVE=1, SHIPMENT=1}",
			"OUT_OF_STOCK", "{}", "DECLINED", "{RELEASE=1, RESERVE=1}", "REFUSED",
			"{CHARGE=1, REFUND=1, RELEASE=1, RESERVE=1}", "APPROVAL_TIMED_OUT",
			"{CHARGE=1, REFUND=1, RELEASE=1, RESERVE=1}");

	private final Customer customer;

	private final boolean transactional;

	private final List<String> problems = new ArrayList<>();

	private int terminal;

	private int doubled;

	private int lost;

	private int stuck;

	/**
	 * Open the books.
	 * @param customer reads them
	 * @param transactional whether steps commit together with their records, so that none
	 * may be repeated
	 */
	Books(Customer customer, boolean transactional) {
		this.customer = customer;
		this.transactional = transactional;
	}

	void check(PlacedOrder placed) {
		JsonNode view = this.customer.read("/orders/" + placed.id());
		if (view == null) {
			this.lost++;
			problem(placed, "was acknowledged and is lost");
			return;
		}
		String status = view.get("status").asString();
		if (status.equals("RUNNING")) {
			this.stuck++;
			problem(placed, "is stuck after " + view.get("progress"));
			return;
		}
		this.terminal++;
		String result = view.path("outcome").path("result").asString("none");
		if (!status.equals("SUCCEEDED") || !isPossible(placed, result)) {
			problem(placed, "ended %s with result %s".formatted(status, result));
		}
		checkEffects(placed, result, view.get("effects"));
		checkHistory(placed);
	}

	private void checkEffects(PlacedOrder placed, String result, JsonNode effects) {
		Map<String, Integer> found = new TreeMap<>();
		effects.properties().forEach((effect) -> found.put(effect.getKey(), effect.getValue().asInt()));
		if (found.values().stream().anyMatch((count) -> count > 1)) {
			this.doubled++;
		}
		if (!found.toString().equals(EFFECTS.get(result))) {
			problem(placed, "has result %s but left %s".formatted(result, found));
		}
	}

	/** No operation may have two recorded outcomes, and the end comes last and once. */
	private void checkHistory(PlacedOrder placed) {
		Set<String> ended = new HashSet<>();
		List<String> ends = new ArrayList<>();
		String last = "";
		for (JsonNode event : this.customer.read("/orders/" + placed.id() + "/history").get("Events")) {
			last = event.get("EventType").asString();
			if (last.matches("(Step|Wait|Context)Succeeded|Callback(Succeeded|Failed|TimedOut)")
					&& !ended.add(event.get("Id").asString())) {
				this.doubled++;
				problem(placed, "recorded '%s' twice".formatted(event.path("Name").asString("?")));
			}
			if (last.matches("Execution(Succeeded|Failed|TimedOut|Stopped)")) {
				ends.add(last);
			}
		}
		if (ends.size() != 1) {
			problem(placed, "has ends " + ends);
		}
	}

	/** An acknowledged answer decides; without one the approval may also time out. */
	private static boolean isPossible(PlacedOrder placed, String result) {
		boolean timedOut = result.equals("APPROVAL_TIMED_OUT") && !placed.answered().get();
		return switch (placed.order().plan()) {
			case SMALL -> result.equals("SHIPPED");
			case DECLINED -> result.equals("DECLINED");
			case OUT_OF_STOCK -> result.equals("OUT_OF_STOCK");
			case APPROVED -> result.equals("SHIPPED") || timedOut;
			case REFUSED -> result.equals("REFUSED") || timedOut;
			case UNANSWERED -> timedOut;
		};
	}

	private void problem(PlacedOrder placed, String what) {
		this.problems.add("Order %s (%s) %s".formatted(placed.id(), placed.order().plan(), what));
	}

	/** Compare the sums, and say it all in one line. */
	String summary(int orders, int kills, long seconds) {
		JsonNode audit = audit();
		boolean stock = is(audit, "stockBalanced");
		boolean payments = is(audit, "paymentsBalanced");
		if (audit == null || audit.get("orders").asInt() != orders || audit.get("doubled").asInt() != 0
				|| audit.get("lost").asInt() != 0 || !stock || !payments) {
			this.problems.add("The audit says " + audit);
		}
		checkRepeated();
		return "chaos: %d orders, %d kills, %d terminal, %d doubled, %d lost, %d stuck, stock %s, payments %s, %d s"
			.formatted(orders, kills, this.terminal, this.doubled, this.lost, this.stuck, stock ? "ok" : "WRONG",
					payments ? "ok" : "WRONG", seconds);
	}

	/** No step may run again whose effect was committed together with its record. */
	void checkRepeated() {
		int repeated = Objects.requireNonNull(audit()).get("repeated").asInt();
		if (this.transactional && repeated > 0) {
			this.problems.add("Steps ran %d times after they had committed".formatted(repeated));
		}
	}

	/** Count effects that are too many, and attempts at them. */
	int surplus() {
		JsonNode audit = Objects.requireNonNull(audit());
		return audit.get("doubled").asInt() + audit.get("repeated").asInt();
	}

	@Nullable JsonNode audit() {
		return this.customer.read("/audit");
	}

	List<String> problems() {
		return this.problems;
	}

	private static boolean is(@Nullable JsonNode audit, String field) {
		return audit != null && audit.get(field).asBoolean();
	}

}
